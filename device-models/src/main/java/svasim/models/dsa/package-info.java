/**
 * Intel Data Streaming Accelerator: the plug-in that puts device and driver together.
 *
 * <p>After the layouts of Linux {@code include/uapi/linux/idxd.h} and {@code drivers/dma/idxd}, and
 * the architecture specification as those and the user-space libraries use it. Left out:
 * inter-domain operations, interrupts that are stored elsewhere (IMS) and the revocation of
 * handles, occupancy interrupts, performance monitoring.
 */
package svasim.models.dsa;
