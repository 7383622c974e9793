"""The notary: a log beside the register that shows when the register was changed.

A Merkle tree (RFC 6962) over one entry for every line of the register, kept in tiles
and signed as C2SP describes: tlog-tiles, tlog-checkpoint, signed-note, tlog-proof.
Whoever holds one signed checkpoint can find out later whether anything that it covers
was changed, taken out, put in or moved; the owner of the database can't prevent that.

What it does not prove:
- that what an official entered is true;
- anything of the seconds before an entry is sealed and a checkpoint signed: until then
  the owner of the database can change or drop the last lines;
- that everybody is shown the same log, as long as no witness beside us signs our
  checkpoints too. Who compares checkpoints with somebody else finds that out.
"""
