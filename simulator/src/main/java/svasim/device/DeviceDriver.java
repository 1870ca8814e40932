package svasim.device;

import svasim.os.procedure.Call;

/**
 * The kernel's driver of one device and the library that programs use with it. It knows the device
 * by the addresses of its registers only.
 *
 * @param <W> one unit of work
 */
public interface DeviceDriver<W extends Record> {
    /** Brings the device up; run once, before any program. */
    Call<?> probe();

    /** Takes the device down after its last file is released. */
    Call<?> remove();
}
