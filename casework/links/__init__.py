"""Which report follows which: said by a person, confirmed by somebody who may open both."""
