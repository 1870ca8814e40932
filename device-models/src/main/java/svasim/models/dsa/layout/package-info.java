/**
 * What driver and device have to agree on: descriptors, completion records, status codes, registers
 * and configuration tables. Classes here know where bits are, not what they do.
 *
 * <p>After Linux {@code include/uapi/linux/idxd.h} and {@code drivers/dma/idxd/registers.h}.
 */
package svasim.models.dsa.layout;
