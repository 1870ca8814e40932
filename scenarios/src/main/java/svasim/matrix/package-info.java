/**
 * Every scenario under every lifetime policy on every hardware profile: what ends well, which
 * invariants break, and what does not apply and why. What a scenario expects is written for today's
 * kernel; that an older design ends otherwise is what the table shows.
 */
package svasim.matrix;
