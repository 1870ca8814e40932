package svasim.os;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import svasim.cpu.Cpu;
import svasim.iommu.core.PageResponse;
import svasim.os.iommu.AuxiliaryDomain;
import svasim.os.iommu.BindCondition;
import svasim.os.iommu.DmaApi;
import svasim.os.iommu.DomainType;
import svasim.os.iommu.FeatureSubset;
import svasim.os.iommu.IommuDriver;
import svasim.os.iommu.PageGroup;
import svasim.os.iommu.PasidEntry;
import svasim.os.iommu.PciDevice;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;

/** An IOMMU driver without IOMMU: each operation takes a microsecond and is noted. */
public final class SimpleIommu implements IommuDriver {
    private static final long TAKES_PS = 1_000_000;

    private static final Procedure<Operation> OPERATION =
            Procedure.<Operation>named("simple")
                    .step("begin", TAKES_PS, Operation::begin)
                    .step("end", 0, Operation::end)
                    .build();

    private final int number;
    private final List<String> done = new ArrayList<>();
    private String refusal;
    private int limit = 1 << 20;

    private record Operation(SimpleIommu iommu, String name) {
        Next begin(Cpu cpu) {
            return Next.ON;
        }

        Next end(Cpu cpu) {
            iommu.done.add(name);
            return Next.DONE;
        }
    }

    public SimpleIommu() {
        this(0);
    }

    public SimpleIommu(int number) {
        this.number = number;
    }

    /** What was done, in order. */
    public List<String> done() {
        return done;
    }

    @Override
    public AuxiliaryDomain newDomain(int id) {
        throw new UnsupportedOperationException("no tables");
    }

    public void refuse(String reason) {
        refusal = reason;
    }

    public void limit(int newLimit) {
        limit = newLimit;
    }

    private Call<?> operation(String name) {
        return new Call<>(OPERATION, new Operation(this, name));
    }

    private Call<?> operation(String name, PasidEntry entry) {
        return operation(name + " " + entry.pasid());
    }

    @Override
    public String name() {
        return "iommu" + number;
    }

    @Override
    public int number() {
        return number;
    }

    @Override
    public Call<?> probe() {
        return operation("probe");
    }

    @Override
    public Call<?> probeDevice(PciDevice device) {
        return operation("probe " + device.name());
    }

    @Override
    public Call<?> attach(PciDevice device, DomainType type) {
        return operation("attach " + type);
    }

    @Override
    public Call<?> releaseDevice(PciDevice device) {
        return operation("release");
    }

    @Override
    public List<BindCondition> bindConditions(PciDevice device, FeatureSubset subset) {
        return List.of(BindCondition.present(name(), "everything", refusal == null, refusal));
    }

    @Override
    public int pasidLimit(PciDevice device) {
        return limit;
    }

    @Override
    public Call<?> install(PasidEntry entry) {
        return operation("install", entry);
    }

    @Override
    public Call<?> neutralise(List<PasidEntry> entries) {
        String pasids =
                entries.stream().map(entry -> " " + entry.pasid()).collect(Collectors.joining());
        return operation("neutralise" + pasids);
    }

    @Override
    public Call<?> tearDown(PasidEntry entry) {
        return operation("tear down", entry);
    }

    @Override
    public Call<?> erase(PasidEntry entry) {
        return operation("erase", entry);
    }

    @Override
    public Call<?> flush(PasidEntry entry) {
        return operation("flush", entry);
    }

    @Override
    public Call<?> drain(PasidEntry entry) {
        return operation("drain", entry);
    }

    @Override
    public Call<?> forget(PasidEntry entry) {
        return operation("forget", entry);
    }

    @Override
    public Call<?> invalidate(List<PasidEntry> entries, long start, long end) {
        return operation("invalidate " + entries.size());
    }

    @Override
    public Call<?> respond(PageGroup group, PageResponse response) {
        return operation("respond " + group.index() + " " + response);
    }

    @Override
    public DmaApi dma() {
        throw new UnsupportedOperationException();
    }
}
