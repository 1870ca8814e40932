package svasim.iommu.core;

/**
 * One store of software that changes a word of an entry of several words.
 *
 * @param address of the word
 * @param value new
 */
public record EntryChange(long address, long value) {}
