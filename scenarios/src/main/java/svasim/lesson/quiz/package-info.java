/**
 * Questions about a story. Every answer is computed from the trace of the run, and so is every
 * wrong choice: a template looks for moments that it can ask about, and takes as wrong choices what
 * is true of other moments of the same run and not of this one. A question is asked before its
 * step; the same run and seed give the same questions.
 */
package svasim.lesson.quiz;
