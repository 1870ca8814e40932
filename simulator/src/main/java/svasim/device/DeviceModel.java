package svasim.device;

import java.util.List;

/**
 * The hardware of one device, behind its PCIe function. Software reaches it through the function's
 * BARs only; it reaches memory through the function's DMA port only.
 */
public interface DeviceModel {
    /**
     * Function-level reset: work in flight is forgotten without a record of completion, and
     * registers show their reset values.
     */
    void reset(long nowPs);

    /**
     * What is not finished, one line each: which work waits for what. Empty if the device is idle;
     * the caller adds the device's name.
     */
    List<String> waitingFor();
}
