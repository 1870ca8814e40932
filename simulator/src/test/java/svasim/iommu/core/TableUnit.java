package svasim.iommu.core;

/** A unit that walks page tables in memory, as {@link TableContract} needs it. */
public interface TableUnit extends MappingUnit {
    /** Address of the entry of the first table on the way to a page. */
    long topEntry(int space, long iova);
}
