package svasim.models.gpu.device;

import java.util.ArrayList;
import java.util.List;
import svasim.models.gpu.layout.Packet;
import svasim.models.gpu.pattern.WaveProgram;

/** A packet that is carried out: wavefronts that have not begun, and those that run. */
final class Dispatch {
    private final CommandProcessor processor;
    private final Queue queue;
    private final Packet packet;
    private final long waves;
    private final long number;
    private final List<Wave> running = new ArrayList<>();
    private long begun;
    private int active;
    private boolean failed;

    Dispatch(CommandProcessor processor, Queue queue, Packet packet, long number) {
        this.processor = processor;
        this.queue = queue;
        this.packet = packet;
        this.number = number;
        waves = WaveProgram.waves(packet);
    }

    Queue queue() {
        return queue;
    }

    Packet packet() {
        return packet;
    }

    long number() {
        return number;
    }

    boolean hasFailed() {
        return failed;
    }

    boolean hasMore() {
        return begun < waves && !failed;
    }

    boolean isQuiet() {
        return active == 0;
    }

    boolean isOver() {
        return isQuiet() && !hasMore();
    }

    /** Begins one more wavefront. */
    void begin(ComputeUnit unit) {
        long first = begun++ * WaveProgram.LANES;
        Wave wave = new Wave(this, unit, WaveProgram.of(packet, first));
        running.add(wave);
        active++;
        unit.add(wave);
    }

    void waveEnded(long nowPs, boolean badly) {
        active--;
        failed |= badly;
        if (active == 0) {
            running.clear();
        }
        processor.waveEnded(nowPs, this);
    }

    /** Throws away what runs; if the dispatch goes on later, it does from its beginning. */
    void cut() {
        running.forEach(Wave::throwAway);
        begun = 0;
    }
}
