/**
 * Intel Data Streaming Accelerator: work descriptors, completion records, registers, work queues,
 * one group of engines, and a driver in the style of Linux idxd.
 *
 * <p>After the layouts of Linux {@code include/uapi/linux/idxd.h} and {@code drivers/dma/idxd}, and
 * the architecture specification as those and the user-space libraries use it. Left out: batches,
 * delta records, data integrity fields, inter-domain operations, event log, interrupt handles.
 */
package svasim.models.dsa;
