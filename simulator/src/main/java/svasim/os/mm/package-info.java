/**
 * Address spaces: the two counters of an mm, its mappings, page tables in real frames, demand
 * paging, the notifiers that keep secondary TLBs in step, TLB shoot-down, and the end of it all
 * (exit_mmap, __mmdrop). Order of steps after Linux 7.1 as told in the project's reference of the
 * life of a PASID, sections 1.3 and 4. Pages are counted and know where they are mapped: fork with
 * copy-on-write, files, huge pages, pins, migration, reclaim and swap.
 */
package svasim.os.mm;
