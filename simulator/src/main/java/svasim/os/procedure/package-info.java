/**
 * Software as named steps: a procedure is a static table of steps, a call is a procedure with its
 * variables, a task is a stack of calls. The gaps between steps are where other software and the
 * hardware get their turn.
 */
package svasim.os.procedure;
