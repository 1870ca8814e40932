/**
 * Model {@code rogue}: a function whose hardware is malicious or broken, behind an honest driver.
 * An attacker's program tells it what to do; it then sends packets that no specification lets it
 * send (PCI Express Base 5.0, 6.12 and 10.1 say what a system can do about it). What it reaches is
 * seen in its answers, and in the memory of its victims.
 */
package svasim.models.rogue;
