#pragma once

#include <cstring>
#include <map>
#include <string>
#include <vector>

#include <sqlite3.h>

namespace handrailtest {

/// A SQLite VFS over memory that remembers every write and flush in order, and can fail at one of them.
/// From the history it makes the files as a loss of power could leave them: what was flushed is there,
/// what was not may be missing, sector by sector.
class RecordingVfs {
public:
    struct Step {
        enum Kind { Write, Truncate, Flush, Delete } kind;
        std::string file;
        sqlite3_int64 at = 0;
        std::string bytes;
    };
    using Files = std::map<std::string, std::string>;

    explicit RecordingVfs(const char* name) : name_(name)
    {
        sqlite3_vfs* real = sqlite3_vfs_find(nullptr);
        vfs_ = *real;
        vfs_.zName = name_.c_str();
        vfs_.szOsFile = sizeof(File);
        vfs_.pAppData = this;
        vfs_.pNext = nullptr;
        vfs_.xOpen = &RecordingVfs::open;
        vfs_.xDelete = &RecordingVfs::remove;
        vfs_.xAccess = &RecordingVfs::access;
        vfs_.xFullPathname = &RecordingVfs::fullPath;
        sqlite3_vfs_register(&vfs_, 0);
    }
    ~RecordingVfs() { sqlite3_vfs_unregister(&vfs_); }
    RecordingVfs(const RecordingVfs&) = delete;

    const char* name() const { return name_.c_str(); }

    /// The files after the first `steps` of the history, when the power goes: of what was written since
    /// a file's last flush, `keep(n)` says of its nth sector whether it had reached the disk.
    template <typename Keep>
    static Files lost(const std::vector<Step>& history, std::size_t steps, Keep keep)
    {
        Files safe;
        std::map<std::string, std::vector<const Step*>> pending;
        for (std::size_t i = 0; i < steps; ++i) {
            const Step& step = history[i];
            if (step.kind == Step::Flush) {
                for (const Step* one : pending[step.file]) apply(safe[step.file], *one, 0, one->bytes.size());
                pending[step.file].clear();
                safe[step.file];
            } else if (step.kind == Step::Delete) {
                safe.erase(step.file);
                pending.erase(step.file);
            } else {
                pending[step.file].push_back(&step);
            }
        }
        int sector = 0;
        for (const auto& [file, list] : pending) {
            for (const Step* one : list) {
                if (one->kind == Step::Truncate) {
                    if (keep(sector++)) apply(safe[file], *one, 0, 0);
                    continue;
                }
                for (std::size_t from = 0; from < one->bytes.size(); from += sectorSize) {
                    if (keep(sector++)) apply(safe[file], *one, from, std::min(from + sectorSize, one->bytes.size()));
                }
            }
        }
        return safe;
    }

    Files files;
    std::vector<Step> history;
    int failWriteAt = -1;      ///< the nth write from now answers `failWith`
    int failFlushAt = -1;
    int failWith = SQLITE_FULL;
    int flushes = 0;

private:
    static constexpr std::size_t sectorSize = 512;

    struct File {
        sqlite3_file base;
        RecordingVfs* vfs;
        std::string* path;
    };

    static void apply(std::string& content, const Step& step, std::size_t from, std::size_t to)
    {
        if (step.kind == Step::Truncate) return content.resize(static_cast<std::size_t>(step.at));
        const std::size_t end = static_cast<std::size_t>(step.at) + to;
        if (content.size() < end) content.resize(end);
        content.replace(static_cast<std::size_t>(step.at) + from, to - from, step.bytes, from, to - from);
    }

    static RecordingVfs& of(sqlite3_vfs* vfs) { return *static_cast<RecordingVfs*>(vfs->pAppData); }
    static File& of(sqlite3_file* file) { return *reinterpret_cast<File*>(file); }

    static int open(sqlite3_vfs* vfs, const char* path, sqlite3_file* file, int flags, int* outFlags)
    {
        static const sqlite3_io_methods methods = makeMethods();
        File& opened = of(file);
        opened.vfs = &of(vfs);
        opened.path = new std::string(path ? path : "temp");
        opened.base.pMethods = &methods;
        opened.vfs->files[*opened.path];
        if (outFlags) *outFlags = flags;
        return SQLITE_OK;
    }
    static int remove(sqlite3_vfs* vfs, const char* path, int)
    {
        of(vfs).files.erase(path);
        of(vfs).history.push_back({Step::Delete, path, 0, {}});
        return SQLITE_OK;
    }
    static int access(sqlite3_vfs* vfs, const char* path, int, int* out)
    {
        *out = of(vfs).files.count(path) > 0;
        return SQLITE_OK;
    }
    static int fullPath(sqlite3_vfs*, const char* path, int size, char* out)
    {
        sqlite3_snprintf(size, out, "%s", path);
        return SQLITE_OK;
    }

    static int close(sqlite3_file* file)
    {
        delete of(file).path;
        of(file).path = nullptr;
        return SQLITE_OK;
    }
    static int read(sqlite3_file* file, void* into, int amount, sqlite3_int64 at)
    {
        const std::string& content = of(file).vfs->files[*of(file).path];
        const auto from = std::min(static_cast<std::size_t>(at), content.size());
        const auto there = std::min(static_cast<std::size_t>(amount), content.size() - from);
        std::memcpy(into, content.data() + from, there);
        if (there == static_cast<std::size_t>(amount)) return SQLITE_OK;
        std::memset(static_cast<char*>(into) + there, 0, static_cast<std::size_t>(amount) - there);
        return SQLITE_IOERR_SHORT_READ;
    }
    static int write(sqlite3_file* file, const void* from, int amount, sqlite3_int64 at)
    {
        RecordingVfs& vfs = *of(file).vfs;
        if (vfs.failWriteAt >= 0 && vfs.failWriteAt-- == 0) return vfs.failWith;
        Step step{Step::Write, *of(file).path, at, std::string(static_cast<const char*>(from), static_cast<std::size_t>(amount))};
        apply(vfs.files[step.file], step, 0, step.bytes.size());
        vfs.history.push_back(std::move(step));
        return SQLITE_OK;
    }
    static int truncate(sqlite3_file* file, sqlite3_int64 size)
    {
        RecordingVfs& vfs = *of(file).vfs;
        vfs.files[*of(file).path].resize(static_cast<std::size_t>(size));
        vfs.history.push_back({Step::Truncate, *of(file).path, size, {}});
        return SQLITE_OK;
    }
    static int sync(sqlite3_file* file, int)
    {
        RecordingVfs& vfs = *of(file).vfs;
        if (vfs.failFlushAt >= 0 && vfs.failFlushAt-- == 0) return SQLITE_IOERR_FSYNC;
        ++vfs.flushes;
        vfs.history.push_back({Step::Flush, *of(file).path, 0, {}});
        return SQLITE_OK;
    }
    static int size(sqlite3_file* file, sqlite3_int64* out)
    {
        *out = static_cast<sqlite3_int64>(of(file).vfs->files[*of(file).path].size());
        return SQLITE_OK;
    }
    static int lock(sqlite3_file*, int) { return SQLITE_OK; }
    static int isReserved(sqlite3_file*, int* out)
    {
        *out = 0;
        return SQLITE_OK;
    }
    static int control(sqlite3_file*, int, void*) { return SQLITE_NOTFOUND; }
    static int sectorOf(sqlite3_file*) { return static_cast<int>(sectorSize); }
    static int traits(sqlite3_file*) { return 0; }

    static sqlite3_io_methods makeMethods()
    {
        sqlite3_io_methods methods{};
        methods.iVersion = 1;  // no shared memory: the one connection locks the file for itself
        methods.xClose = &RecordingVfs::close;
        methods.xRead = &RecordingVfs::read;
        methods.xWrite = &RecordingVfs::write;
        methods.xTruncate = &RecordingVfs::truncate;
        methods.xSync = &RecordingVfs::sync;
        methods.xFileSize = &RecordingVfs::size;
        methods.xLock = &RecordingVfs::lock;
        methods.xUnlock = &RecordingVfs::lock;
        methods.xCheckReservedLock = &RecordingVfs::isReserved;
        methods.xFileControl = &RecordingVfs::control;
        methods.xSectorSize = &RecordingVfs::sectorOf;
        methods.xDeviceCharacteristics = &RecordingVfs::traits;
        return methods;
    }

    std::string name_;
    sqlite3_vfs vfs_;
};

}  // namespace handrailtest
