package svasim.pcie.endpoint;

import svasim.pcie.tlp.CompletionStatus;

/** The registers and portals of a device model, as memory accesses of the host reach them. */
public interface BarHandler {
    /**
     * A posted write arrives.
     *
     * @param bar number of the base address register, 0 to 5
     * @param offset from the start of the BAR, in bytes
     * @param data not to be changed; may be kept
     */
    void write(int bar, long offset, byte[] data, long nowPs);

    /**
     * A deferrable write arrives, as ENQCMD and ENQCMDS make it; the result travels back to the
     * core, which sees anything but success as "retry".
     *
     * @param data 64 bytes, not to be changed; may be kept
     * @return {@link CompletionStatus#SUCCESS} if it was taken, {@link
     *     CompletionStatus#REQUEST_RETRY} if there is no room for it now
     */
    default CompletionStatus writeDeferrable(int bar, long offset, byte[] data, long nowPs) {
        return CompletionStatus.UNSUPPORTED_REQUEST;
    }

    /**
     * A read arrives; all earlier writes have arrived before.
     *
     * @param bytes 1, 2, 4 or 8
     * @return the value, little-endian, zero-extended
     */
    long read(int bar, long offset, int bytes, long nowPs);

    /**
     * What memory behind a BAR holds, for who looks without touching; registers show nothing.
     *
     * @param into filled from the offset on
     */
    default void look(int bar, long offset, byte[] into) {}
}
