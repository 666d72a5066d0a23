/* The models' files as symbols, so that nothing is read at run time. */

.macro embed name, path
  .balign 64
  .globl onrecord_\name\()_begin
onrecord_\name\()_begin:
  .incbin "\path"
  .globl onrecord_\name\()_end
onrecord_\name\()_end:
  .byte 0
.endm

  .section .rodata
  embed lexicon, engine/extract/models/lexicon.bin
  embed tagger, engine/extract/models/tagger.bin
  embed names, engine/extract/models/names.bin
  embed cues, engine/extract/models/cues.bin
  embed labels, engine/extract/models/labels.bin
  embed contents, engine/extract/models/contents.bin
  embed sources, engine/extract/models/sources.bin

  .section .note.GNU-stack, "", %progbits
