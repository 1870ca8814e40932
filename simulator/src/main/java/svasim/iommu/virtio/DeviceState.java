package svasim.iommu.virtio;

/**
 * Status, negotiated features and bypass of the device (virtio 1.2, 2.1 and 2.2; reference
 * virtio-iommu.md 1 and 2).
 */
final class DeviceState {
    private final DeviceFields fields;
    private int status;
    private long driverFeatures;
    private boolean bypass;

    DeviceState(DeviceFields fields) {
        this.fields = fields;
        bypass = fields.value("bypass") != 0;
    }

    int status() {
        return status;
    }

    /** The driver goes on; features that were not offered, or an old driver, are not accepted. */
    void status(int bits) {
        boolean accepted =
                (driverFeatures & ~fields.offered()) == 0 && Feature.VERSION_1.in(driverFeatures);
        int granted = accepted ? bits : bits & ~DeviceStatus.FEATURES_OK;
        status = granted | status & DeviceStatus.NEEDS_RESET;
    }

    /** Forgets everything but bypass, which survives the reset of the device. */
    void reset() {
        status = 0;
        driverFeatures = 0;
    }

    /** The device cannot go on. */
    void needsReset() {
        status |= DeviceStatus.NEEDS_RESET;
    }

    /** Whether the driver has finished its set-up and the device works. */
    boolean live() {
        return (status & (DeviceStatus.DRIVER_OK | DeviceStatus.NEEDS_RESET))
                == DeviceStatus.DRIVER_OK;
    }

    /** A half of the features that the driver has accepted; not after FEATURES_OK. */
    void driverFeatures(int half, int bits) {
        if ((status & DeviceStatus.FEATURES_OK) == 0) {
            int shift = half * Integer.SIZE;
            long mask = 0xFFFF_FFFFL << shift;
            driverFeatures = driverFeatures & ~mask | Integer.toUnsignedLong(bits) << shift;
        }
    }

    /** A half of the features that the device offers. */
    int offered(int half) {
        return (int) (fields.offered() >>> half * Integer.SIZE);
    }

    boolean negotiated(Feature feature) {
        return (status & DeviceStatus.FEATURES_OK) != 0 && feature.in(driverFeatures);
    }

    boolean bypass() {
        return bypass;
    }

    /** The driver writes bypass, if there is such a field; values other than 0 and 1 are not. */
    void bypass(int value) {
        if (fields.offers(Feature.BYPASS_CONFIG) && value >>> 1 == 0) {
            bypass = value == 1;
        }
    }

    /** Whether endpoints that are not attached reach memory unchanged. */
    boolean bypasses() {
        return fields.offers(Feature.BYPASS_CONFIG) ? bypass : negotiated(Feature.BYPASS);
    }
}
