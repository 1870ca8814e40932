/**
 * The plug-in interface for device models. A model is found through {@link java.util.ServiceLoader}
 * as a {@link svasim.device.DeviceModelProvider}; it brings the record of its configuration, the
 * hardware ({@link svasim.device.DeviceModel}), the kernel's driver with the user-space half of
 * submitting work ({@link svasim.device.DeviceDriver}), and the record of a unit of work as
 * programs write it. The simulator names no model.
 *
 * <p>A device with a page table of its own has a {@link svasim.device.DeviceTable}, which its
 * driver keeps with a {@link svasim.device.ProcessMirror}.
 */
package svasim.device;
