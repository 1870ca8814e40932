package svasim.models.gpu.device;

import java.util.ArrayList;
import java.util.List;
import svasim.device.DeviceHost;
import svasim.kernel.EventHandler;
import svasim.models.gpu.config.GpuConfig;
import svasim.models.gpu.local.MemoryPort;
import svasim.pcie.endpoint.DmaRequest;
import svasim.pcie.endpoint.OnFault;
import svasim.pcie.tlp.PasidPrefix;
import svasim.stats.Counter;

/** Holds wavefronts and issues their memory instructions, one every few cycles. */
final class ComputeUnit {
    private final int number;
    private final GpuConfig config;
    private final DeviceHost host;
    private final Faults faults;
    private final MemoryPort port;
    private final AccessCounters counters;
    private final Coalescer coalescer;
    private final Counter instructions;
    private final Counter accesses;
    private final List<Wave> waves = new ArrayList<>();
    private long nextIssuePs;

    ComputeUnit(int number, GpuConfig config, DeviceHost host, Reports reports, MemoryPort port) {
        this.number = number;
        this.config = config;
        this.host = host;
        this.faults = reports.faults();
        this.counters = reports.counters();
        this.port = port;
        coalescer = new Coalescer(config.coalescer());
        String name = host.name() + ".cu" + number;
        instructions = host.statistics().counter(name + ".instructions", "memory instructions");
        accesses = host.statistics().counter(name + ".accesses", "accesses after the coalescer");
    }

    boolean hasRoom() {
        return waves.size() < config.wavefronts();
    }

    int held() {
        return waves.size();
    }

    void add(Wave wave) {
        waves.add(wave);
        wave.proceed(host.kernel().nowPs());
    }

    void left(Wave wave) {
        waves.remove(wave);
    }

    /** Lets the wave's instruction out when it is its turn. */
    void issue(Wave wave) {
        long startPs = Math.max(host.kernel().nowPs(), nextIssuePs);
        nextIssuePs = startPs + config.issueCycles() * config.cycle().value();
        instructions.increment();
        EventHandler out = (nowPs, kind, data) -> out(wave);
        host.kernel().at(startPs + config.memoryPipe().value() / 2, out, 0, number);
    }

    /** All accesses of the wave's instruction have ended. */
    void returned(Wave wave) {
        EventHandler back = (nowPs, kind, data) -> wave.proceed(nowPs);
        host.kernel().after(config.memoryPipe().value() / 2, back, 0, number);
    }

    void access(Wave wave, Piece piece, int token) {
        accesses.increment();
        PasidPrefix prefix = wave.dispatch().queue().prefix();
        OnFault onFault = stalls() ? OnFault.BLOCK : OnFault.REPORT;
        byte[] bytes = piece.bytes();
        DmaRequest request =
                new DmaRequest(prefix, piece.address(), bytes, 0, bytes.length, onFault, number);
        if (port.access(request, wave.instruction().write(), wave, token)) {
            counters.count(wave.dispatch().queue(), piece.address());
        }
    }

    /** The wavefront waits no longer for pages that are on their way. */
    void discard(Wave wave) {
        port.discard(wave);
    }

    /** Whether the device asks for pages, and the wavefront does not learn of it. */
    boolean stalls() {
        return config.faults() == GpuConfig.Faults.STALL;
    }

    boolean replays() {
        return config.faults() == GpuConfig.Faults.RETRY;
    }

    /** Tells software of the missing page and calls the handler when it is time to look again. */
    void miss(Wave wave, long address, EventHandler again) {
        faults.tell(wave.dispatch().queue(), address, wave.instruction().write());
        host.kernel().after(config.retryEvery().value(), again, 0, number);
    }

    /** Forgets everything. */
    void reset() {
        waves.forEach(Wave::forget);
        waves.clear();
        nextIssuePs = 0;
    }

    private void out(Wave wave) {
        wave.begin(coalescer.pieces(wave.instruction()));
    }
}
