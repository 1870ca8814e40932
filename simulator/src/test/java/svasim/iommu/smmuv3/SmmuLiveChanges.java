package svasim.iommu.smmuv3;

import java.util.List;
import svasim.iommu.core.LiveChange;
import svasim.paging.Access;

/** Ways from one translation of a page to another, through stream and context. */
final class SmmuLiveChanges {
    private static final int READ_WRITE = Access.READ | Access.WRITE;
    private static final int CONTEXTS_LOG2 = 6;

    private final SmmuUnderTest unit;
    private final int pasid;
    private final long iova;
    private final long output;

    SmmuLiveChanges(SmmuUnderTest unit, int pasid, long iova, long output) {
        this.unit = unit;
        this.pasid = pasid;
        this.iova = iova;
        this.output = output;
    }

    /**
     * @param forget sends the invalidations
     */
    List<LiveChange> all(Runnable forget) {
        long descriptor = SmmuUnderTest.CONTEXTS + 64L * pasid;
        TableWords context = TableWords.context(tables(), pasid);
        long[] words = context.words();
        long entry = SmmuUnderTest.STREAM_TABLE + 64L * SmmuUnderTest.STREAM;
        long stream = TableWords.stage1(contexts(context), CONTEXTS_LOG2).words()[0];
        return List.of(
                change("other tables", forget, store(descriptor + 8, words[1])),
                change(
                        "context gone and back",
                        forget,
                        store(descriptor, context.bit(0, 31, false).words()[0]),
                        store(descriptor + 8, words[1]),
                        store(descriptor, words[0])),
                change("other contexts", forget, store(entry, stream)),
                change(
                        "stream gone and back",
                        forget,
                        store(entry, 0),
                        store(descriptor + 8, words[1]),
                        store(entry, unit.memory.readLong(entry))));
    }

    private static LiveChange change(String name, Runnable forget, Runnable... stores) {
        return new LiveChange(name, List.of(stores), forget);
    }

    private Runnable store(long address, long value) {
        return () -> unit.memory.writeLong(address, value);
    }

    private long tables() {
        long table = unit.newTable();
        unit.map(SmmuUnderTest.stage1(table), iova, output, READ_WRITE);
        return table;
    }

    private long contexts(TableWords context) {
        long table = unit.newTable();
        unit.context(table, pasid, context);
        return table;
    }
}
