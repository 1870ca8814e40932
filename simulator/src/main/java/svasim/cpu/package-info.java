/**
 * Cores: their TLBs, what an access to memory or to a device costs them, interrupts, shoot-down.
 */
package svasim.cpu;
