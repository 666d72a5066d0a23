#include "storage/env_files.h"

#include <memory>

#include "storage/leveldb_store.h"

namespace onrecord {

leveldb::Status SyncDirectory(leveldb::Env* env, const std::string& dir) {
  // An Env can do it in no other way: syncing a manifest syncs its directory.
  const std::string name = dir + "/MANIFEST-sync";
  leveldb::WritableFile* file = nullptr;
  leveldb::Status status = env->NewWritableFile(name, &file);
  if (!status.ok()) return status;
  const std::unique_ptr<leveldb::WritableFile> owned(file);
  status = file->Sync();
  if (status.ok()) status = file->Close();
  const leveldb::Status removed = env->RemoveFile(name);
  return status.ok() ? removed : status;
}

leveldb::Status ReplaceFile(leveldb::Env* env, const std::string& dir,
                            const std::string& name,
                            absl::string_view contents) {
  const std::string path = dir + "/" + name;
  const std::string fresh = path + ".new";
  leveldb::WritableFile* file = nullptr;
  leveldb::Status status = env->NewWritableFile(fresh, &file);
  if (!status.ok()) return status;
  const std::unique_ptr<leveldb::WritableFile> owned(file);
  status = file->Append(ToSlice(contents));
  if (status.ok()) status = file->Sync();
  if (status.ok()) status = file->Close();
  if (status.ok()) status = env->RenameFile(fresh, path);
  if (status.ok()) status = SyncDirectory(env, dir);
  return status;
}

}  // namespace onrecord
