package svasim.device;

import java.util.List;

/**
 * The hardware of one device, behind its PCIe function. Software reaches it through the function's
 * BARs only; it reaches memory through the function's DMA port only.
 */
public interface DeviceModel {
    /**
     * The function has been reset, whoever wanted it (FLR, hot reset, removal): work in flight is
     * forgotten without a record of completion, and everything is as after power-on. The function's
     * accesses have been discarded, and tell their clients so later; it needs no reset from here.
     */
    void reset(long nowPs);

    /**
     * What is not finished, one line each: which work waits for what. Empty if the device is idle;
     * the caller adds the device's name.
     */
    List<String> waitingFor();
}
