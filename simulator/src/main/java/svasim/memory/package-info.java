/**
 * Simulated physical memory: sparse bytes, the frames' owners and generations, and the time that an
 * access takes; what the caches of the cores keep from units that do not look into them; and the
 * one set-associative cache that IOMMUs, ATCs and TLBs keep translations in.
 *
 * <p>All structures that hardware reads (page tables, IOMMU tables, queues) are bytes here; no Java
 * object passes between the software that writes them and the hardware that reads them.
 */
package svasim.memory;
