/**
 * Faults that a scenario asks for: when, where and what. Each is brought about where the real one
 * arises: in the bits on a link, at the receiver of a packet, at a slot, in a function.
 */
package svasim.machine.fault;
