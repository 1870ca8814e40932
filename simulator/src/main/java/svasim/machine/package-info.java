/**
 * Puts a machine together from configuration records: the only package that knows all parts. Files
 * are bound to these records elsewhere.
 */
package svasim.machine;
