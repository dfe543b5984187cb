/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Entry from a load as of a Linux kernel for s390x: this file at 0, then the PSW there.  The
 * machine is in ESA/390 mode then.  Goes to z/Architecture, moves the program out of the way of
 * the channel programs, and enters it.
 */
	.section .low, "ax"
	.long	0x00080000, 0x80000000 + begin
	.org	0x200
	.globl	begin
begin:
	lhi	%r1, 1
	slr	%r0, %r0
	sigp	%r1, %r0, 0x12
	sam64
	larl	%r1, places
	lg	%r2, 0(%r1)		/* to */
	lg	%r4, 8(%r1)		/* from */
	lg	%r3, 16(%r1)		/* length */
	lgr	%r5, %r3
0:	mvcle	%r2, %r4, 0
	jo	0b
	lg	%r1, 0(%r1)
	br	%r1
	.balign 8
places:
	.quad	_start, image_from, image_length

	.section .head, "ax"
	.globl	_start
_start:
	larl	%r15, stack_top
	aghi	%r15, -160
	brasl	%r14, native_main

	.section .note.GNU-stack, "", @progbits
