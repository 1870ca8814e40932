package svasim.models.nic.device;

import svasim.device.DeviceHost;
import svasim.kernel.EventHandler;
import svasim.models.nic.config.NicConfig;
import svasim.stats.Counter;

/**
 * Interrupts of a queue pair: one for several completions, or after a time; then none until
 * software has armed it again.
 */
final class Moderation implements EventHandler {
    private final NicConfig config;
    private final DeviceHost host;
    private final Counter interrupts;
    private long address;
    private int data;
    private boolean armed;
    private long unseen;

    /** Number of the timer that counts; those of before are over. */
    private long timer;

    private boolean timerRuns;

    Moderation(NicConfig config, DeviceHost host, Counter interrupts) {
        this.config = config;
        this.host = host;
        this.interrupts = interrupts;
    }

    void address(long messageAddress) {
        address = messageAddress;
    }

    void data(int messageData) {
        data = messageData;
    }

    /**
     * Allows the next interrupt.
     *
     * @param notRead completions that software has not seen
     */
    void arm(long notRead) {
        armed = true;
        unseen = notRead;
        consider();
    }

    /** A completion is in memory. */
    void completed() {
        unseen++;
        consider();
    }

    @Override
    public void handle(long nowPs, int kind, long number) {
        if (number == timer && timerRuns) {
            fire();
        }
    }

    void reset() {
        armed = false;
        unseen = 0;
        timer++;
        timerRuns = false;
    }

    private void consider() {
        if (!armed || unseen == 0) {
            return;
        }
        if (unseen >= config.coalescePackets()) {
            fire();
        } else if (!timerRuns) {
            timerRuns = true;
            host.kernel().after(config.coalesceTime().value(), this, 0, ++timer);
        }
    }

    private void fire() {
        armed = false;
        timerRuns = false;
        interrupts.increment();
        host.function().interrupt(address, data);
    }
}
