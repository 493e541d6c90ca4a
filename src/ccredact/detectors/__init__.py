"""What finds the spans: a folder for each family, `base` has the contract, `registry` builds them for a policy."""
