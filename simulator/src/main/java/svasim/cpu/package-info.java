/**
 * Cores: their TLBs, what an access to memory or to a device costs them, message-signalled
 * interrupts, TLB shoot-down by inter-processor interrupts. Left out so far: store buffer, PCID,
 * ENQCMD and its register.
 */
package svasim.cpu;
