package svasim.machine.fault;

/** Direction on a link. */
public enum Way {
    /** Towards the root complex. */
    UP,
    /** Towards the device. */
    DOWN
}
