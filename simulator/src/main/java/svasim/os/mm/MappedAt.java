package svasim.os.mm;

/**
 * One place at which a page is mapped.
 *
 * @param va a multiple of 4 KiB
 */
record MappedAt(Mm mm, long va) {}
