"""Pure: no I/O, no clock, no await, no logging, no platform word, no sentence."""
