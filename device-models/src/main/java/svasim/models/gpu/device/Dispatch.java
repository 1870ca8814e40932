package svasim.models.gpu.device;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import svasim.models.gpu.layout.Packet;
import svasim.models.gpu.pattern.WaveProgram;
import svasim.models.gpu.pattern.WaveState;

/**
 * A packet that is carried out: wavefronts that have not begun, those that run, and those that have
 * left their units, which are in the processor or have been saved.
 */
final class Dispatch {
    private final CommandProcessor processor;
    private final Queue queue;
    private final Packet packet;
    private final long waves;
    private final long number;
    private final List<Wave> running = new ArrayList<>();

    /** Left, and not yet saved. */
    private final Deque<WaveState> parked = new ArrayDeque<>();

    /** Restored, and not yet in a unit. */
    private final Deque<WaveState> restored = new ArrayDeque<>();

    private long begun;
    private int saved;
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

    /** New ones wait for those that were saved: together they could be more than can be saved. */
    boolean hasMore() {
        return (saved == 0 && begun < waves || !restored.isEmpty()) && !failed;
    }

    /** Nothing of it is in the device but what its queue keeps. */
    boolean isQuiet() {
        return running.isEmpty() && parked.isEmpty();
    }

    boolean isOver() {
        return isQuiet() && saved == 0 && !hasMore();
    }

    /** Begins one more wavefront, or goes on with one that was saved. */
    void begin(ComputeUnit unit) {
        WaveState state = restored.poll();
        long first = state == null ? begun++ * WaveProgram.LANES : state.first();
        WaveProgram program = WaveProgram.of(packet, first);
        long[] loaded = new long[WaveProgram.LANES];
        if (state != null) {
            program.resume(state);
            loaded = state.loaded();
        }
        Wave wave = new Wave(this, unit, program, loaded);
        running.add(wave);
        unit.add(wave);
    }

    void waveEnded(long nowPs, Wave wave, boolean badly) {
        running.remove(wave);
        failed |= badly;
        forgetIfFailed();
        processor.waveEnded(nowPs, this);
    }

    void waveLeft(long nowPs, Wave wave, WaveState state) {
        running.remove(wave);
        parked.add(state);
        forgetIfFailed();
        processor.waveEnded(nowPs, this);
    }

    /** Has all wavefronts leave, to be saved. */
    void leave() {
        parked.addAll(restored);
        restored.clear();
        List.copyOf(running).forEach(Wave::leave);
    }

    /** Throws away what runs; if the dispatch goes on later, it does from its beginning. */
    void cut() {
        parked.clear();
        restored.clear();
        saved = 0;
        begun = 0;
        List.copyOf(running).forEach(Wave::throwAway);
    }

    /** Whether all have left and some are to be saved. */
    boolean hasToSave() {
        return running.isEmpty() && !parked.isEmpty() && !failed;
    }

    /** Wavefronts that have been saved and not restored. */
    int saved() {
        return saved;
    }

    WaveState firstParked() {
        return parked.peek();
    }

    /** The first one has been saved. */
    void firstSaved() {
        if (parked.poll() != null) {
            saved++;
        }
    }

    /** The last one that was saved has been restored. */
    void lastRestored(WaveState state) {
        if (saved > 0) {
            saved--;
            restored.add(state);
        }
    }

    /** What was saved is lost, or there is no place to save it. */
    void lose() {
        failed |= saved > 0 || !parked.isEmpty();
        forgetIfFailed();
    }

    private void forgetIfFailed() {
        if (failed) {
            parked.clear();
            restored.clear();
            saved = 0;
        }
    }
}
