package svasim.device;

/** A driver whose device can be divided among virtual machines. */
public interface ComposingDriver extends DeviceDriver {
    /**
     * Composes a device of a part of its own.
     *
     * @param part name of the part, for example that of a work queue
     * @throws IllegalArgumentException if there is no such part, or it cannot be given away
     */
    MediatedDevice compose(String part, MediatedHost host);
}
