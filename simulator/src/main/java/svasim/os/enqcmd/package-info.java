/**
 * Handing descriptors to shared work queues: ENQCMD of a program, with the lazy fix-up of
 * IA32_PASID in the general-protection handler, and ENQCMDS of the kernel (reference of the life of
 * a PASID, section 5).
 *
 * <p>A device driver's library calls {@link svasim.os.enqcmd.UserEnqcmd} with the virtual address
 * of the portal that its program has mapped, or {@link svasim.os.enqcmd.KernelEnqcmds} with the
 * physical one; the device answers in {@code BarHandler.writeDeferrable}.
 */
package svasim.os.enqcmd;
