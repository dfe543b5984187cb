/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Entry from the loader.
 * z/Architecture, 64-bit addressing, interrupts off, translation off.
 */
	.section .head, "ax"
	.globl	_start
_start:
	larl	%r15, stack_top
	aghi	%r15, -160
	brasl	%r14, guest_main

/* The loader puts the command line here: 896 bytes. */
	.org	0x480
	.globl	command_line
command_line:
	.org	0x800

	.section .note.GNU-stack, "", @progbits
