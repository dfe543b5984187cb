/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The one place where interrupts are open, what must not happen, and the stacks.
 */
	.text
/*
 * enum Woken cpu_wait(const Psw *psw): loads the PSW, which waits with
 * interrupts open; returns 1 after an I/O and 2 after an external interrupt.
 * Their new PSWs' masks are set and closed.
 */
	.globl	cpu_wait
cpu_wait:
	larl	%r1, 1f
	stg	%r1, 0x1f8
	larl	%r1, 2f
	stg	%r1, 0x1b8
	lpswe	0(%r2)
1:	lghi	%r2, 1
	br	%r14
2:	lghi	%r2, 2
	br	%r14

/* New PSWs of what must not happen lead here, on a stack of their own. */
	.globl	on_program_check, on_machine_check
on_program_check:
	larl	%r15, trap_stack_top
	aghi	%r15, -160
	brasl	%r14, program_check
on_machine_check:
	larl	%r15, trap_stack_top
	aghi	%r15, -160
	brasl	%r14, machine_check

	.bss
	.balign 8
	.space	16384
	.globl	stack_top
stack_top:
	.space	8192
trap_stack_top:

	.section .note.GNU-stack, "", @progbits
