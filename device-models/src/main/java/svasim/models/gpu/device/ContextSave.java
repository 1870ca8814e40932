package svasim.models.gpu.device;

import svasim.device.DeviceHost;
import svasim.models.gpu.pattern.WaveState;
import svasim.stats.Counter;

/**
 * Saves wavefronts of queues that leave in memory of their process, one after the other, and
 * restores them when the queue is back (compute wave save and restore).
 */
final class ContextSave {
    private final CommandProcessor processor;
    private final DeviceHost host;
    private final Counter saved;
    private final Counter restored;

    ContextSave(CommandProcessor processor, DeviceHost host) {
        this.processor = processor;
        this.host = host;
        String name = host.name() + ".waves.";
        saved = host.statistics().counter(name + "saved", "wavefronts whose state was saved");
        restored = host.statistics().counter(name + "restored", "wavefronts that went on later");
    }

    /** A queue that leaves: goes on saving, if it has to. */
    void save(Queue queue) {
        Dispatch dispatch = queue.dispatch();
        if (dispatch == null || queue.isAccessing() || !dispatch.hasToSave()) {
            return;
        }
        long place = queue.savePlace(dispatch.saved());
        byte[] bytes = dispatch.firstParked().toBytes();
        if (place < 0) {
            ended(host.kernel().nowPs(), dispatch, false);
            return;
        }
        processor.access(
                queue,
                place,
                bytes,
                true,
                (nowPs, good) -> {
                    if (good) {
                        saved.increment();
                        dispatch.firstSaved();
                    }
                    ended(nowPs, dispatch, good);
                });
    }

    /** A queue that is back: goes on restoring, if it has to. */
    void restore(Queue queue) {
        Dispatch dispatch = queue.dispatch();
        if (dispatch == null || queue.isAccessing() || dispatch.saved() == 0) {
            return;
        }
        byte[] bytes = new byte[WaveState.BYTES];
        processor.access(
                queue,
                queue.savePlace(dispatch.saved() - 1),
                bytes,
                false,
                (nowPs, good) -> {
                    if (good) {
                        restored.increment();
                        dispatch.lastRestored(WaveState.of(bytes));
                    }
                    ended(nowPs, dispatch, good);
                });
    }

    private void ended(long nowPs, Dispatch dispatch, boolean good) {
        if (!good) {
            dispatch.lose();
        }
        processor.waveEnded(nowPs, dispatch);
    }
}
