"""Words of the tags that tell of sounds, as Switchboard, Fisher, CORAAL and recognisers write them."""

from __future__ import annotations

from typing import Final

from ccredact.text.noise_tags import NoiseTags

NOISE: Final = NoiseTags(
    filler="um",
    sounds=frozenset(
        """
noise noises laughter laugh laughs laughing chuckle chuckles chuckling cough coughs coughing breath breathing breathes
inhale inhales exhale exhales sigh sighs sighing sneeze sneezes sniff sniffs sniffle sniffles gasp gasps yawn yawns cry
crying sob sobs sobbing hum humming hiss beep beeps beeping tone tones ring rings ringing click clicks clicking static
music silence silent pause pauses inaudible unintelligible indiscernible unclear unk unknown sil spn crosstalk overlap
overlapping background typing lipsmack smack smacks clears clearing barking applause cheering foreign blank sound sounds
""".split()
    ),
    beside=frozenset(
        """
in of the a language speech speaking speaks spoken speaker speakers keyboard vocalized vocalised vocal lip lips throat
phone telephone dial hold dog baby child children audio on line and
""".split()
    ),
    partial=("laughter",),
)
