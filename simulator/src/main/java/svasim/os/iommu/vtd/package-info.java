/**
 * The VT-d driver: brings the unit up, writes its root, context and PASID tables, feeds its
 * invalidation queue, serves its page request queue. Sequences after Linux 7.1 as told in the
 * reference of the life of a PASID, section 3.1; layouts after the VT-d reference, sections 1, 3, 6
 * and 7. It recovers from errors of its queue and from devices that do not answer, and serves units
 * with caching mode or with walks that see no processor caches.
 */
package svasim.os.iommu.vtd;
