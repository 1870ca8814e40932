/**
 * The AMD-Vi driver: writes the device table and GCR3 tables, feeds the command buffer, serves the
 * event log and the PPR log. Sequences after Linux 7.1 as told in the reference of the life of a
 * PASID, section 3.3; layouts after the AMD-Vi reference, sections 1 to 7. Devices with PASID have
 * a default domain of guest tables (v2), which is one that processes can be bound beside; others
 * have host tables (v1).
 *
 * <p>That the unit supports ATS (IotlbSup) is told by firmware and taken for granted. Entries of
 * the device table without a device stay zero.
 */
package svasim.os.iommu.amdvi;
