/** Quantities with their unit in the type, for configuration and other cold code. */
package svasim.units;
