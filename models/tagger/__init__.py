"""Trains the tagger that ccredact runs: data, network, loop."""
