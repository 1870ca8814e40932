/**
 * The driver's part of local memory, after amdkfd's shared virtual memory: which pages of processes
 * are in it (device-private memory of Linux's HMM), how they get there when the device's access
 * counters ask for them, and how they come back: touched by a core, or to make room for others.
 */
package svasim.models.gpu.svm;
