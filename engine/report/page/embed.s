/* The page's files as symbols, so that nothing is read at run time. */

.macro embed name, path
  .globl onrecord_page_\name\()_begin
onrecord_page_\name\()_begin:
  .incbin "\path"
  .globl onrecord_page_\name\()_end
onrecord_page_\name\()_end:
  .byte 0
.endm

  .section .rodata
  embed html, engine/report/page/page.html
  embed style, engine/report/page/page.css
  embed d3, d3.js
  embed script, script.js

  .section .note.GNU-stack, "", %progbits
