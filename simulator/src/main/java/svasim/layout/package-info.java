/**
 * How words and tables in memory and on the wire are described to people: the fields of a word with
 * their bits, the section of the specification that defines them, and where the entries of a table
 * lead. The classes that know bits describe themselves with it, beside the accessors that hardware
 * and drivers use, and tests hold the two against each other. Only readers of a run look at it: no
 * model decides anything by it.
 */
package svasim.layout;
