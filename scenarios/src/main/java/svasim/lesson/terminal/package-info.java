/**
 * Lessons in a terminal: the text of a lesson, its story one step at a time, and its quiz. Input is
 * read line by line, so that a pipe can drive them, and the end of input ends them.
 */
package svasim.lesson.terminal;
