package svasim.iommu.core;

import java.util.List;

/**
 * A change of the configuration of an address space while requests go on. After each store,
 * software invalidates and waits.
 *
 * @param name for messages
 * @param stores of one word each, in software's order; no time passes
 * @param invalidation sends all that the change needs, with the wait for it; no time passes
 */
public record LiveChange(String name, List<Runnable> stores, Runnable invalidation) {}
