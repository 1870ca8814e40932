package svasim.iommu.smmuv3;

import svasim.iommu.core.Inquiry;
import svasim.iommu.core.RequestKind;
import svasim.pcie.tlp.AddressType;
import svasim.pcie.tlp.Tlp;

/** Decides by CR0, GBPA and the stream table entry which way a request takes (3.3, 3.9, 3.11). */
final class PathFinder {
    private final Features features;
    private final Control control;

    PathFinder(Features features, Control control) {
        this.features = features;
        this.control = control;
    }

    /** Way of a request for which no stream is looked up, or null if one has to be. */
    Path withoutStream(Inquiry request) {
        if (request.tlp() instanceof Tlp.MemoryRequest memory
                && memory.addressType() == AddressType.RESERVED) {
            return Path.UNSUPPORTED;
        }
        if (!control.enabled()) {
            return whileDisabled(request);
        }
        return request.kind() == RequestKind.TRANSLATED ? translatedUnchecked() : null;
    }

    /** ATSCHK=0: translated traffic passes, unless a unit without ATS has never translated it. */
    private Path translatedUnchecked() {
        if (!features.has(IdField.ATS)) {
            return Path.FORBIDDEN;
        }
        return control.checksTranslated() ? null : Path.IDENTITY;
    }

    /** SMMUEN=0 (6.3.9.6): there is no event for what GBPA or the size of an address stops. */
    private Path whileDisabled(Inquiry request) {
        return switch (request.kind()) {
            case TRANSLATION_REQUEST -> Path.BAD_ATS_REQUEST;
            case TRANSLATED -> Path.FORBIDDEN;
            default -> {
                boolean fits = Legality.fits(request.address(), features.outputBits());
                yield control.abortsWhenDisabled() || !fits ? Path.ABORTED : Path.IDENTITY;
            }
        };
    }

    /** Way of a request of a known stream. */
    Path of(Inquiry request, Stream stream) {
        if (stream.entry().aborts()) {
            return Path.ABORTED;
        }
        return switch (request.kind()) {
            case TRANSLATED -> translated(stream);
            case TRANSLATION_REQUEST ->
                    effectiveAts(stream) == StreamTableEntry.ATS_ABORT
                            ? Path.BAD_ATS_REQUEST
                            : untranslated(request, stream);
            default -> untranslated(request, stream);
        };
    }

    private Path translated(Stream stream) {
        return switch (effectiveAts(stream)) {
            case StreamTableEntry.ATS_FULL -> Path.IDENTITY;
            case StreamTableEntry.ATS_SPLIT -> Path.STAGE_2_ONLY;
            default -> Path.FORBIDDEN;
        };
    }

    /** EATS as it counts (3.9.1.2): split-stage ATS needs checks; device permission tables lack. */
    int effectiveAts(Stream stream) {
        StreamTableEntry entry = stream.entry();
        if (!features.has(IdField.ATS) || entry.config() == StreamTableEntry.BYPASS) {
            return StreamTableEntry.ATS_ABORT;
        }
        return switch (entry.eats()) {
            case StreamTableEntry.ATS_FULL -> StreamTableEntry.ATS_FULL;
            case StreamTableEntry.ATS_SPLIT ->
                    control.checksTranslated()
                            ? StreamTableEntry.ATS_SPLIT
                            : StreamTableEntry.ATS_ABORT;
            default -> StreamTableEntry.ATS_ABORT;
        };
    }

    private Path untranslated(Inquiry request, Stream stream) {
        return request.hasPasid()
                ? withSubstream(request, stream)
                : withoutSubstream(request, stream);
    }

    private static Path withSubstream(Inquiry request, Stream stream) {
        if (!stream.stage1() || !stream.substreams() || !stream.hasContext(request.pasid())) {
            return Path.BAD_SUBSTREAM;
        }
        boolean reserved =
                stream.entry().s1Dss() == StreamTableEntry.USE_SUBSTREAM_0 && request.pasid() == 0;
        return reserved ? Path.STREAM_DISABLED : Path.ALL_STAGES;
    }

    private Path withoutSubstream(Inquiry request, Stream stream) {
        if (!stream.stage1()) {
            return bypass(request, stream);
        }
        if (!stream.substreams()) {
            return Path.ALL_STAGES;
        }
        return switch (stream.entry().s1Dss()) {
            case StreamTableEntry.SKIP_STAGE_1 -> bypass(request, stream);
            case StreamTableEntry.USE_SUBSTREAM_0 -> Path.ALL_STAGES;
            default -> Path.STREAM_DISABLED;
        };
    }

    /** Stage 1 is skipped or absent, and so may be stage 2. */
    private Path bypass(Inquiry request, Stream stream) {
        if (!Legality.fits(request.address(), features.intermediateBits())) {
            return Path.TOO_LARGE;
        }
        return stream.second() == null ? Path.IDENTITY : Path.STAGE_2_ONLY;
    }
}
