package svasim.iommu.virtio;

import svasim.iommu.core.RegisterBlock;

/** Registers of the virtio memory-mapped transport, version 2 (virtio 1.2, 4.2.2). */
final class TransportRegisters implements RegisterBlock {
    private static final int MAGIC = 0x7472_6976;
    private static final int VERSION = 2;
    private static final int DEVICE_ID = 23;
    private static final int QUEUES = 2;

    /** What the registers act on. */
    interface Device {
        /** The driver has written 0 to the status. */
        void reset();

        /** The driver has changed the status. */
        void started();

        /** The driver has made buffers of a queue available. */
        void notified(int queue);
    }

    private final DeviceState state;
    private final Interrupts interrupts;
    private final VirtQueue[] queues;
    private final Device device;
    private int offeredHalf;
    private int driverHalf;
    private int selected;

    /**
     * @param queues request queue, event queue
     */
    TransportRegisters(
            DeviceState state, Interrupts interrupts, VirtQueue[] queues, Device device) {
        this.state = state;
        this.interrupts = interrupts;
        this.queues = queues.clone();
        this.device = device;
    }

    @Override
    public boolean has(int offset) {
        return offset < RegisterOffset.CONFIGURATION;
    }

    @Override
    public int read(int offset) {
        return switch (offset) {
            case RegisterOffset.MAGIC_VALUE -> MAGIC;
            case RegisterOffset.VERSION -> VERSION;
            case RegisterOffset.DEVICE_ID -> DEVICE_ID;
            case RegisterOffset.DEVICE_FEATURES ->
                    offeredHalf >>> 1 == 0 ? state.offered(offeredHalf) : 0;
            case RegisterOffset.QUEUE_NUM_MAX -> selects() ? queues[selected].maximum() : 0;
            case RegisterOffset.QUEUE_READY -> selects() && queues[selected].ready() ? 1 : 0;
            case RegisterOffset.INTERRUPT_STATUS -> interrupts.status();
            case RegisterOffset.STATUS -> state.status();
            default -> 0;
        };
    }

    @Override
    public void write(int offset, int value) {
        switch (offset) {
            case RegisterOffset.DEVICE_FEATURES_SEL -> offeredHalf = value;
            case RegisterOffset.DRIVER_FEATURES_SEL -> driverHalf = value;
            case RegisterOffset.DRIVER_FEATURES -> writeFeatures(value);
            case RegisterOffset.QUEUE_SEL -> selected = value;
            case RegisterOffset.QUEUE_NOTIFY -> device.notified(value);
            case RegisterOffset.INTERRUPT_ACK -> interrupts.acknowledge(value);
            case RegisterOffset.STATUS -> writeStatus(value);
            default -> {
                if (selects()) {
                    writeQueue(queues[selected], offset, value);
                }
            }
        }
    }

    private boolean selects() {
        return selected >= 0 && selected < QUEUES;
    }

    private void writeFeatures(int value) {
        if (driverHalf >>> 1 == 0) {
            state.driverFeatures(driverHalf, value);
        }
    }

    private void writeStatus(int value) {
        if (value == 0) {
            offeredHalf = 0;
            driverHalf = 0;
            selected = 0;
            device.reset();
        } else {
            state.status(value);
            device.started();
        }
    }

    private static void writeQueue(VirtQueue queue, int offset, int value) {
        switch (offset) {
            case RegisterOffset.QUEUE_NUM -> queue.size(value);
            case RegisterOffset.QUEUE_READY -> queue.ready((value & 1) != 0);
            case RegisterOffset.QUEUE_DESC, RegisterOffset.QUEUE_DESC + 4 ->
                    queue.descriptors(value, offset != RegisterOffset.QUEUE_DESC);
            case RegisterOffset.QUEUE_DRIVER, RegisterOffset.QUEUE_DRIVER + 4 ->
                    queue.available(value, offset != RegisterOffset.QUEUE_DRIVER);
            case RegisterOffset.QUEUE_DEVICE, RegisterOffset.QUEUE_DEVICE + 4 ->
                    queue.used(value, offset != RegisterOffset.QUEUE_DEVICE);
            default -> {}
        }
    }
}
