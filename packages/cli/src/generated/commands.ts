// Made by tools/generate-reference.mjs from the operation catalogue. Do not edit.
import type { CommandSpec } from '../commands/command-spec.ts';

export const COMMANDS: readonly CommandSpec[] = [
  {
    "command": "ls",
    "operation": "storage_list_objects",
    "summary": "List connections, buckets, or the objects of a bucket",
    "risk": "READ",
    "returns": "items",
    "arguments": [
      {
        "field": "address",
        "label": "ADDRESS",
        "description": "connection:bucket/prefix, connection: for its buckets, a path; nothing for the connections",
        "required": false,
        "variadic": false,
        "complete": "address"
      }
    ],
    "flags": [
      {
        "field": "recursive",
        "flag": "--recursive",
        "short": "r",
        "kind": "boolean",
        "description": "All objects below, instead of one level"
      },
      {
        "field": "glob",
        "flag": "--no-glob",
        "kind": "boolean",
        "description": "Turn off: wildcards *, ?, ** (across slashes), [a-c] and {a,b}; a backslash before one takes it literally"
      },
      {
        "field": "startAfter",
        "flag": "--start-after",
        "kind": "string",
        "description": "Begin behind this key"
      },
      {
        "field": "limit",
        "flag": "--limit",
        "kind": "number",
        "description": "Stop after so many, and tell the cursor to go on with"
      },
      {
        "field": "cursor",
        "flag": "--cursor",
        "kind": "string",
        "description": "Go on where a listing with the same arguments stopped"
      }
    ],
    "columns": [
      "type",
      "sizeInBytes",
      "lastModified",
      "name"
    ],
    "primary": "address",
    "view": "table",
    "quiet": false,
    "examples": [
      [
        "cmx ls",
        "the connections there are"
      ],
      [
        "cmx ls prod:",
        "the buckets of one"
      ],
      [
        "cmx ls 'prod:logs/**/*.gz' --json=address,sizeInBytes",
        "what a pattern matches"
      ],
      [
        "cmx ls -r prod:logs --limit 1000 -o page",
        "a thousand, and the cursor to go on with"
      ]
    ]
  },
  {
    "command": "tree",
    "operation": "storage_show_tree",
    "summary": "Show what is below a bucket or prefix as a tree",
    "risk": "READ",
    "returns": "items",
    "arguments": [
      {
        "field": "address",
        "label": "ADDRESS",
        "description": "connection:bucket/key, :bucket/key in the default connection, a path, or file:PATH",
        "required": true,
        "variadic": false,
        "complete": "address"
      }
    ],
    "flags": [
      {
        "field": "depth",
        "flag": "--depth",
        "kind": "number",
        "description": "Levels to show"
      },
      {
        "field": "limit",
        "flag": "--limit",
        "kind": "number",
        "description": "Stop after so many"
      }
    ],
    "columns": [
      "name",
      "sizeInBytes"
    ],
    "primary": "address",
    "view": "tree",
    "quiet": false,
    "examples": [
      [
        "cmx tree prod:photos --depth 2",
        "two levels"
      ]
    ]
  },
  {
    "command": "du",
    "operation": "storage_measure_usage",
    "summary": "Sum up objects and bytes below a bucket or prefix",
    "risk": "READ",
    "returns": "items",
    "arguments": [
      {
        "field": "address",
        "label": "ADDRESS",
        "description": "connection:bucket/key, :bucket/key in the default connection, a path, or file:PATH",
        "required": true,
        "variadic": false,
        "complete": "address"
      }
    ],
    "flags": [
      {
        "field": "depth",
        "flag": "--depth",
        "short": "d",
        "kind": "number",
        "description": "Levels with a sum of their own",
        "default": "0"
      }
    ],
    "columns": [
      "sizeInBytes",
      "objects",
      "address"
    ],
    "primary": "address",
    "view": "table",
    "quiet": false,
    "examples": [
      [
        "cmx du prod:photos -d 1",
        "a sum for each first level, and the total last"
      ]
    ]
  },
  {
    "command": "stat",
    "operation": "storage_stat_object",
    "summary": "Show everything known of an object, bucket or file, without its content",
    "risk": "READ",
    "returns": "value",
    "arguments": [
      {
        "field": "address",
        "label": "ADDRESS",
        "description": "connection:bucket/key, :bucket/key in the default connection, a path, or file:PATH",
        "required": true,
        "variadic": false,
        "complete": "address"
      }
    ],
    "flags": [
      {
        "field": "versionId",
        "flag": "--version-id",
        "kind": "string",
        "description": "A kept version instead of the current state"
      }
    ],
    "columns": [
      "address",
      "type",
      "sizeInBytes",
      "lastModified",
      "etag"
    ],
    "primary": "address",
    "view": "fields",
    "quiet": false,
    "examples": [
      [
        "cmx stat prod:photos/cat.jpg --json=etag,checksums",
        "two fields as JSON"
      ]
    ]
  },
  {
    "command": "cat",
    "operation": "storage_read_object",
    "summary": "Write the content of objects or files to standard output",
    "risk": "READ_CONTENT",
    "returns": "bytes",
    "arguments": [
      {
        "field": "addresses",
        "label": "ADDRESS",
        "description": "Addresses, paths or patterns",
        "required": true,
        "variadic": true,
        "complete": "address"
      }
    ],
    "flags": [
      {
        "field": "range",
        "flag": "--range",
        "kind": "string",
        "description": "Bytes START-END (inclusive), START-, or -LAST"
      },
      {
        "field": "recursive",
        "flag": "--recursive",
        "short": "r",
        "kind": "boolean",
        "description": "Everything below a prefix or directory"
      },
      {
        "field": "glob",
        "flag": "--no-glob",
        "kind": "boolean",
        "description": "Turn off: wildcards *, ?, ** (across slashes), [a-c] and {a,b}; a backslash before one takes it literally"
      }
    ],
    "columns": [],
    "primary": "address",
    "view": "table",
    "quiet": false,
    "examples": [
      [
        "cmx cat prod:logs/today.gz | gunzip",
        "one object"
      ],
      [
        "cmx cat prod:big.bin --range 0-1023 | xxd",
        "its first KiB"
      ]
    ]
  },
  {
    "command": "cp",
    "operation": "storage_copy_objects",
    "summary": "Copy objects and files, between any two places",
    "description": "Copies many objects at once, inside the service where both ends are one connection, and verifies each. An object that fails stops none of the others. What is in a directory goes below the target; of several sources each directory gets a place of its own name.",
    "risk": "DELETE",
    "returns": "items",
    "arguments": [
      {
        "field": "sources",
        "label": "SOURCE",
        "description": "What to copy: addresses, paths or patterns, or - for standard input",
        "required": true,
        "variadic": true,
        "complete": "address"
      },
      {
        "field": "target",
        "label": "TARGET",
        "description": "Where to: an address or a path (a slash at its end, or a directory that exists, means \"into it\"), or - for standard output",
        "required": true,
        "variadic": false,
        "complete": "address"
      }
    ],
    "flags": [
      {
        "field": "recursive",
        "flag": "--recursive",
        "short": "r",
        "kind": "boolean",
        "description": "Everything below a prefix or directory"
      },
      {
        "field": "glob",
        "flag": "--no-glob",
        "kind": "boolean",
        "description": "Turn off: wildcards *, ?, ** (across slashes), [a-c] and {a,b}; a backslash before one takes it literally"
      },
      {
        "field": "ifExists",
        "flag": "--if-exists",
        "kind": "string",
        "choices": [
          "overwrite",
          "skip",
          "fail"
        ],
        "description": "What to do with keys the target holds already",
        "default": "overwrite"
      },
      {
        "field": "dryRun",
        "flag": "--dry-run",
        "short": "n",
        "kind": "boolean",
        "description": "Say what would be done and do nothing"
      },
      {
        "field": "resume",
        "flag": "--resume",
        "kind": "boolean",
        "description": "Go on with large uploads and downloads that were broken off, and keep what is there when this one is"
      },
      {
        "field": "failFast",
        "flag": "--fail-fast",
        "kind": "boolean",
        "description": "Stop at the first object that fails"
      },
      {
        "field": "concurrency",
        "flag": "--concurrency",
        "kind": "number",
        "description": "Objects on their way at once",
        "default": "16"
      },
      {
        "field": "partSizeInMib",
        "flag": "--part-size",
        "kind": "number",
        "description": "Size of a part of large objects, in MiB",
        "default": "8"
      },
      {
        "field": "memoryInMib",
        "flag": "--memory",
        "kind": "number",
        "description": "Memory for all bodies on their way, in MiB",
        "default": "128"
      },
      {
        "field": "checksum",
        "flag": "--checksum",
        "kind": "string",
        "choices": [
          "sha256",
          "crc32",
          "crc32c",
          "crc64nvme",
          "sha1",
          "md5"
        ],
        "description": "Checksum uploads are verified with"
      },
      {
        "field": "contentType",
        "flag": "--content-type",
        "kind": "string",
        "description": "MIME type of every object, instead of one by its ending"
      },
      {
        "field": "cacheControl",
        "flag": "--cache-control",
        "kind": "string",
        "description": "Cache-Control of every object"
      },
      {
        "field": "contentEncoding",
        "flag": "--content-encoding",
        "kind": "string",
        "description": "Content-Encoding of every object, as it is stored"
      },
      {
        "field": "contentDisposition",
        "flag": "--content-disposition",
        "kind": "string",
        "description": "Content-Disposition of every object"
      },
      {
        "field": "metadata",
        "flag": "--metadata",
        "kind": "list",
        "description": "User metadata, NAME=VALUE; can be repeated"
      },
      {
        "field": "storageClass",
        "flag": "--storage-class",
        "kind": "string",
        "description": "The service's name of a storage class"
      },
      {
        "field": "nativeNames",
        "flag": "--native-names",
        "kind": "boolean",
        "description": "Also write names that Windows cannot hold, such as aux.c"
      }
    ],
    "columns": [
      "outcome",
      "sizeInBytes",
      "how",
      "source",
      "target"
    ],
    "primary": "target",
    "view": "table",
    "quiet": true,
    "examples": [
      [
        "cmx cp ./report.pdf prod:documents/",
        "one file into a bucket"
      ],
      [
        "cmx cp -r ./photos prod:photos/2024",
        "what is in a directory, below a prefix"
      ],
      [
        "cmx cp 'prod:logs/2024-*/**/*.gz' backup:logs/",
        "what a pattern matches, to another connection"
      ],
      [
        "cmx cp --resume ./film.mov prod:videos/",
        "again after an interrupt: only what is missing is sent"
      ],
      [
        "pg_dump shop | cmx cp - prod:dumps/shop.sql",
        "standard input, of unknown length"
      ]
    ]
  },
  {
    "command": "mv",
    "operation": "storage_move_objects",
    "summary": "Move objects and files: copy, verify, then delete the source",
    "description": "As a copy; each source is deleted once its copy is verified and if it did not change meanwhile. Directories that become empty stay.",
    "risk": "DELETE",
    "returns": "items",
    "arguments": [
      {
        "field": "sources",
        "label": "SOURCE",
        "description": "What to move: addresses, paths or patterns",
        "required": true,
        "variadic": true,
        "complete": "address"
      },
      {
        "field": "target",
        "label": "TARGET",
        "description": "Where to: an address or a path (a slash at its end, or a directory that exists, means \"into it\"), or - for standard output",
        "required": true,
        "variadic": false,
        "complete": "address"
      }
    ],
    "flags": [
      {
        "field": "recursive",
        "flag": "--recursive",
        "short": "r",
        "kind": "boolean",
        "description": "Everything below a prefix or directory"
      },
      {
        "field": "glob",
        "flag": "--no-glob",
        "kind": "boolean",
        "description": "Turn off: wildcards *, ?, ** (across slashes), [a-c] and {a,b}; a backslash before one takes it literally"
      },
      {
        "field": "ifExists",
        "flag": "--if-exists",
        "kind": "string",
        "choices": [
          "overwrite",
          "skip",
          "fail"
        ],
        "description": "What to do with keys the target holds already",
        "default": "overwrite"
      },
      {
        "field": "dryRun",
        "flag": "--dry-run",
        "short": "n",
        "kind": "boolean",
        "description": "Say what would be done and do nothing"
      },
      {
        "field": "resume",
        "flag": "--resume",
        "kind": "boolean",
        "description": "Go on with large uploads and downloads that were broken off, and keep what is there when this one is"
      },
      {
        "field": "failFast",
        "flag": "--fail-fast",
        "kind": "boolean",
        "description": "Stop at the first object that fails"
      },
      {
        "field": "concurrency",
        "flag": "--concurrency",
        "kind": "number",
        "description": "Objects on their way at once",
        "default": "16"
      },
      {
        "field": "partSizeInMib",
        "flag": "--part-size",
        "kind": "number",
        "description": "Size of a part of large objects, in MiB",
        "default": "8"
      },
      {
        "field": "memoryInMib",
        "flag": "--memory",
        "kind": "number",
        "description": "Memory for all bodies on their way, in MiB",
        "default": "128"
      },
      {
        "field": "checksum",
        "flag": "--checksum",
        "kind": "string",
        "choices": [
          "sha256",
          "crc32",
          "crc32c",
          "crc64nvme",
          "sha1",
          "md5"
        ],
        "description": "Checksum uploads are verified with"
      },
      {
        "field": "contentType",
        "flag": "--content-type",
        "kind": "string",
        "description": "MIME type of every object, instead of one by its ending"
      },
      {
        "field": "cacheControl",
        "flag": "--cache-control",
        "kind": "string",
        "description": "Cache-Control of every object"
      },
      {
        "field": "contentEncoding",
        "flag": "--content-encoding",
        "kind": "string",
        "description": "Content-Encoding of every object, as it is stored"
      },
      {
        "field": "contentDisposition",
        "flag": "--content-disposition",
        "kind": "string",
        "description": "Content-Disposition of every object"
      },
      {
        "field": "metadata",
        "flag": "--metadata",
        "kind": "list",
        "description": "User metadata, NAME=VALUE; can be repeated"
      },
      {
        "field": "storageClass",
        "flag": "--storage-class",
        "kind": "string",
        "description": "The service's name of a storage class"
      },
      {
        "field": "nativeNames",
        "flag": "--native-names",
        "kind": "boolean",
        "description": "Also write names that Windows cannot hold, such as aux.c"
      }
    ],
    "columns": [
      "outcome",
      "sizeInBytes",
      "how",
      "source",
      "target"
    ],
    "primary": "target",
    "view": "table",
    "quiet": true,
    "examples": [
      [
        "cmx mv prod:inbox/a.csv prod:done/",
        "into another bucket, inside the service"
      ]
    ]
  },
  {
    "command": "put",
    "operation": "storage_upload_files",
    "summary": "Store files, directories or standard input in a bucket",
    "risk": "DELETE",
    "returns": "items",
    "arguments": [
      {
        "field": "sources",
        "label": "FILE",
        "description": "Files, directories or patterns on this machine, or -",
        "required": true,
        "variadic": true
      },
      {
        "field": "target",
        "label": "TARGET",
        "description": "Where to: connection:bucket/key, with a slash at the end for \"into it\"",
        "required": true,
        "variadic": false,
        "complete": "address"
      }
    ],
    "flags": [
      {
        "field": "recursive",
        "flag": "--recursive",
        "short": "r",
        "kind": "boolean",
        "description": "Everything below a prefix or directory"
      },
      {
        "field": "glob",
        "flag": "--no-glob",
        "kind": "boolean",
        "description": "Turn off: wildcards *, ?, ** (across slashes), [a-c] and {a,b}; a backslash before one takes it literally"
      },
      {
        "field": "ifExists",
        "flag": "--if-exists",
        "kind": "string",
        "choices": [
          "overwrite",
          "skip",
          "fail"
        ],
        "description": "What to do with keys the target holds already",
        "default": "overwrite"
      },
      {
        "field": "dryRun",
        "flag": "--dry-run",
        "short": "n",
        "kind": "boolean",
        "description": "Say what would be done and do nothing"
      },
      {
        "field": "resume",
        "flag": "--resume",
        "kind": "boolean",
        "description": "Go on with large uploads and downloads that were broken off, and keep what is there when this one is"
      },
      {
        "field": "failFast",
        "flag": "--fail-fast",
        "kind": "boolean",
        "description": "Stop at the first object that fails"
      },
      {
        "field": "concurrency",
        "flag": "--concurrency",
        "kind": "number",
        "description": "Objects on their way at once",
        "default": "16"
      },
      {
        "field": "partSizeInMib",
        "flag": "--part-size",
        "kind": "number",
        "description": "Size of a part of large objects, in MiB",
        "default": "8"
      },
      {
        "field": "memoryInMib",
        "flag": "--memory",
        "kind": "number",
        "description": "Memory for all bodies on their way, in MiB",
        "default": "128"
      },
      {
        "field": "checksum",
        "flag": "--checksum",
        "kind": "string",
        "choices": [
          "sha256",
          "crc32",
          "crc32c",
          "crc64nvme",
          "sha1",
          "md5"
        ],
        "description": "Checksum uploads are verified with"
      },
      {
        "field": "contentType",
        "flag": "--content-type",
        "kind": "string",
        "description": "MIME type of every object, instead of one by its ending"
      },
      {
        "field": "cacheControl",
        "flag": "--cache-control",
        "kind": "string",
        "description": "Cache-Control of every object"
      },
      {
        "field": "contentEncoding",
        "flag": "--content-encoding",
        "kind": "string",
        "description": "Content-Encoding of every object, as it is stored"
      },
      {
        "field": "contentDisposition",
        "flag": "--content-disposition",
        "kind": "string",
        "description": "Content-Disposition of every object"
      },
      {
        "field": "metadata",
        "flag": "--metadata",
        "kind": "list",
        "description": "User metadata, NAME=VALUE; can be repeated"
      },
      {
        "field": "storageClass",
        "flag": "--storage-class",
        "kind": "string",
        "description": "The service's name of a storage class"
      }
    ],
    "columns": [
      "outcome",
      "sizeInBytes",
      "how",
      "source",
      "target"
    ],
    "primary": "target",
    "view": "table",
    "quiet": true,
    "examples": [
      [
        "cmx put --content-type text/html ./index.html prod:site/",
        "with a type of its own"
      ]
    ]
  },
  {
    "command": "get",
    "operation": "storage_download_files",
    "summary": "Bring objects to this machine",
    "description": "Each file appears under its name when it is whole and verified. Keys that would lead out of the directory, or that Windows cannot hold, are refused one by one.",
    "risk": "WRITE_LOCAL",
    "returns": "items",
    "arguments": [
      {
        "field": "sources",
        "label": "SOURCE",
        "description": "Addresses or patterns of objects",
        "required": true,
        "variadic": true,
        "complete": "address"
      }
    ],
    "flags": [
      {
        "field": "to",
        "flag": "--to",
        "short": "t",
        "kind": "string",
        "description": "File or directory to write to, or - for standard output",
        "default": "."
      },
      {
        "field": "recursive",
        "flag": "--recursive",
        "short": "r",
        "kind": "boolean",
        "description": "Everything below a prefix or directory"
      },
      {
        "field": "glob",
        "flag": "--no-glob",
        "kind": "boolean",
        "description": "Turn off: wildcards *, ?, ** (across slashes), [a-c] and {a,b}; a backslash before one takes it literally"
      },
      {
        "field": "ifExists",
        "flag": "--if-exists",
        "kind": "string",
        "choices": [
          "overwrite",
          "skip",
          "fail"
        ],
        "description": "What to do with keys the target holds already",
        "default": "overwrite"
      },
      {
        "field": "dryRun",
        "flag": "--dry-run",
        "short": "n",
        "kind": "boolean",
        "description": "Say what would be done and do nothing"
      },
      {
        "field": "resume",
        "flag": "--resume",
        "kind": "boolean",
        "description": "Go on with large uploads and downloads that were broken off, and keep what is there when this one is"
      },
      {
        "field": "failFast",
        "flag": "--fail-fast",
        "kind": "boolean",
        "description": "Stop at the first object that fails"
      },
      {
        "field": "concurrency",
        "flag": "--concurrency",
        "kind": "number",
        "description": "Objects on their way at once",
        "default": "16"
      },
      {
        "field": "partSizeInMib",
        "flag": "--part-size",
        "kind": "number",
        "description": "Size of a part of large objects, in MiB",
        "default": "8"
      },
      {
        "field": "memoryInMib",
        "flag": "--memory",
        "kind": "number",
        "description": "Memory for all bodies on their way, in MiB",
        "default": "128"
      },
      {
        "field": "checksum",
        "flag": "--checksum",
        "kind": "string",
        "choices": [
          "sha256",
          "crc32",
          "crc32c",
          "crc64nvme",
          "sha1",
          "md5"
        ],
        "description": "Checksum uploads are verified with"
      },
      {
        "field": "nativeNames",
        "flag": "--native-names",
        "kind": "boolean",
        "description": "Also write names that Windows cannot hold, such as aux.c"
      }
    ],
    "columns": [
      "outcome",
      "sizeInBytes",
      "how",
      "source",
      "target"
    ],
    "primary": "target",
    "view": "table",
    "quiet": true,
    "examples": [
      [
        "cmx get prod:documents/report.pdf",
        "into the current directory"
      ],
      [
        "cmx get -r prod:photos/2024 --to ./photos",
        "everything below a prefix"
      ]
    ]
  },
  {
    "command": "rm",
    "operation": "storage_delete_objects",
    "summary": "Delete objects",
    "description": "An object that is gone already counts as deleted. A key that fails stops none of the others. Files on this machine are left to the system.",
    "risk": "DELETE",
    "returns": "items",
    "arguments": [
      {
        "field": "addresses",
        "label": "ADDRESS",
        "description": "Addresses or patterns of objects",
        "required": true,
        "variadic": true,
        "complete": "address"
      }
    ],
    "flags": [
      {
        "field": "recursive",
        "flag": "--recursive",
        "short": "r",
        "kind": "boolean",
        "description": "Everything below a prefix or directory"
      },
      {
        "field": "glob",
        "flag": "--no-glob",
        "kind": "boolean",
        "description": "Turn off: wildcards *, ?, ** (across slashes), [a-c] and {a,b}; a backslash before one takes it literally"
      },
      {
        "field": "dryRun",
        "flag": "--dry-run",
        "short": "n",
        "kind": "boolean",
        "description": "Say what would be done and do nothing"
      }
    ],
    "columns": [
      "outcome",
      "address"
    ],
    "primary": "address",
    "view": "table",
    "quiet": true,
    "examples": [
      [
        "cmx rm prod:tmp/a.txt",
        "one object"
      ],
      [
        "cmx rm 'prod:tmp/**/*.log' --dry-run",
        "what a pattern would delete"
      ]
    ]
  },
  {
    "command": "mb",
    "operation": "storage_create_bucket",
    "summary": "Make a bucket",
    "description": "Never a public one. Fails when there is one of that name already.",
    "risk": "WRITE",
    "returns": "value",
    "arguments": [
      {
        "field": "address",
        "label": "BUCKET",
        "description": "connection:bucket",
        "required": true,
        "variadic": false,
        "complete": "address"
      }
    ],
    "flags": [
      {
        "field": "region",
        "flag": "--region",
        "kind": "string",
        "description": "Default: the connection's own"
      },
      {
        "field": "dryRun",
        "flag": "--dry-run",
        "short": "n",
        "kind": "boolean",
        "description": "Say what would be done and do nothing"
      }
    ],
    "columns": [
      "outcome",
      "address"
    ],
    "primary": "address",
    "view": "fields",
    "quiet": false,
    "examples": [
      [
        "cmx mb prod:photos",
        "a bucket of that name"
      ]
    ]
  },
  {
    "command": "rb",
    "operation": "storage_delete_bucket",
    "summary": "Delete a bucket",
    "description": "A bucket that holds anything is refused unless it is forced. One that is gone already counts as deleted.",
    "risk": "ADMIN",
    "returns": "value",
    "arguments": [
      {
        "field": "address",
        "label": "BUCKET",
        "description": "connection:bucket",
        "required": true,
        "variadic": false,
        "complete": "address"
      }
    ],
    "flags": [
      {
        "field": "force",
        "flag": "--force",
        "kind": "boolean",
        "description": "With everything in it, versions too"
      },
      {
        "field": "dryRun",
        "flag": "--dry-run",
        "short": "n",
        "kind": "boolean",
        "description": "Say what would be done and do nothing"
      }
    ],
    "columns": [
      "outcome",
      "address"
    ],
    "primary": "address",
    "view": "fields",
    "quiet": false,
    "examples": [
      [
        "cmx rb prod:tmp --force",
        "with everything in it"
      ]
    ]
  },
  {
    "command": "presign",
    "operation": "storage_presign_url",
    "summary": "Make a URL that anybody can use until it expires",
    "risk": "EXPOSE",
    "returns": "value",
    "arguments": [
      {
        "field": "address",
        "label": "ADDRESS",
        "description": "connection:bucket/key",
        "required": true,
        "variadic": false,
        "complete": "address"
      }
    ],
    "flags": [
      {
        "field": "method",
        "flag": "--method",
        "short": "X",
        "kind": "string",
        "choices": [
          "GET",
          "PUT",
          "HEAD",
          "DELETE"
        ],
        "description": "What the URL is good for",
        "default": "GET"
      },
      {
        "field": "expiresInSeconds",
        "flag": "--expires-in",
        "kind": "number",
        "description": "Seconds until it expires",
        "default": "900"
      },
      {
        "field": "contentType",
        "flag": "--content-type",
        "kind": "string",
        "description": "PUT: the type the upload must have"
      },
      {
        "field": "versionId",
        "flag": "--version-id",
        "kind": "string",
        "description": "A kept version instead of the current state"
      },
      {
        "field": "wait",
        "flag": "--wait",
        "kind": "boolean",
        "description": "Stay until it expires: needed for a store without a server of its own (local)"
      }
    ],
    "columns": [
      "url",
      "method",
      "headers",
      "expiresAt"
    ],
    "primary": "url",
    "view": "fields",
    "quiet": false,
    "examples": [
      [
        "curl -O \"$(cmx presign prod:documents/report.pdf -o name)\"",
        "download without credentials"
      ]
    ]
  },
  {
    "command": "uploads ls",
    "operation": "storage_list_uploads",
    "summary": "List uploads that were begun and not finished",
    "description": "Their parts take room, and are paid for, until the upload is gone on with (cmx cp --resume) or aborted.",
    "risk": "READ",
    "returns": "items",
    "arguments": [
      {
        "field": "address",
        "label": "ADDRESS",
        "description": "connection:bucket, or connection:bucket/beginning-of-keys",
        "required": true,
        "variadic": false,
        "complete": "address"
      }
    ],
    "flags": [
      {
        "field": "sizes",
        "flag": "--sizes",
        "kind": "boolean",
        "description": "Also count the parts of each and their bytes, by a request for each"
      },
      {
        "field": "limit",
        "flag": "--limit",
        "kind": "number",
        "description": "Stop after so many, and tell the cursor to go on with"
      },
      {
        "field": "cursor",
        "flag": "--cursor",
        "kind": "string",
        "description": "Go on where a listing with the same arguments stopped"
      }
    ],
    "columns": [
      "startedAt",
      "parts",
      "sizeInBytes",
      "uploadId",
      "address"
    ],
    "primary": "address",
    "view": "table",
    "quiet": false,
    "examples": [
      [
        "cmx uploads ls prod:videos --sizes",
        "what they hold"
      ]
    ]
  },
  {
    "command": "uploads abort",
    "operation": "storage_abort_uploads",
    "summary": "Abort unfinished uploads and remove their parts",
    "description": "Of one object all of them, or below a prefix those that were begun a day ago or earlier: younger ones may be at work.",
    "risk": "DELETE",
    "returns": "items",
    "arguments": [
      {
        "field": "address",
        "label": "ADDRESS",
        "description": "connection:bucket/key; with --recursive a bucket or prefix",
        "required": true,
        "variadic": false,
        "complete": "address"
      }
    ],
    "flags": [
      {
        "field": "recursive",
        "flag": "--recursive",
        "short": "r",
        "kind": "boolean",
        "description": "Of all objects below a bucket or prefix"
      },
      {
        "field": "uploadId",
        "flag": "--upload-id",
        "kind": "string",
        "description": "Only the upload of this id"
      },
      {
        "field": "olderThanInHours",
        "flag": "--older-than",
        "kind": "number",
        "description": "Only uploads begun so many hours ago or earlier (default: 24 with --recursive, else 0)"
      },
      {
        "field": "dryRun",
        "flag": "--dry-run",
        "short": "n",
        "kind": "boolean",
        "description": "Say what would be done and do nothing"
      }
    ],
    "columns": [
      "outcome",
      "startedAt",
      "uploadId",
      "address"
    ],
    "primary": "address",
    "view": "table",
    "quiet": true,
    "examples": [
      [
        "cmx uploads abort prod:videos/film.mov",
        "those of one object"
      ],
      [
        "cmx uploads abort -r prod:videos --older-than 72 --yes",
        "what was left for three days"
      ]
    ]
  },
  {
    "command": "docs ls",
    "operation": "docs_search",
    "summary": "List the docs that can be reached, the ones opened last first",
    "risk": "READ",
    "returns": "items",
    "arguments": [
      {
        "field": "query",
        "label": "WORDS",
        "description": "Only docs with these words",
        "required": false,
        "variadic": false
      }
    ],
    "flags": [
      {
        "field": "owned",
        "flag": "--owned",
        "kind": "boolean",
        "description": "Only docs of your own"
      },
      {
        "field": "limit",
        "flag": "--limit",
        "kind": "number",
        "description": "Stop after so many, and tell the cursor to go on with"
      },
      {
        "field": "cursor",
        "flag": "--cursor",
        "kind": "string",
        "description": "Go on where a listing with the same arguments stopped"
      }
    ],
    "columns": [
      "id",
      "name",
      "owner",
      "updatedAt"
    ],
    "primary": "id",
    "view": "table",
    "quiet": false,
    "examples": [
      [
        "cmx docs ls launch --owned",
        "docs of your own with that word"
      ]
    ]
  },
  {
    "command": "docs show",
    "operation": "docs_get",
    "summary": "Show what is in a doc: pages, tables and views; or the columns of a table",
    "risk": "READ",
    "returns": "items",
    "arguments": [
      {
        "field": "doc",
        "label": "DOC",
        "description": "Id or link of the doc",
        "required": true,
        "variadic": false
      },
      {
        "field": "table",
        "label": "TABLE",
        "description": "Id or name of a table or view",
        "required": false,
        "variadic": false
      }
    ],
    "flags": [],
    "columns": [
      "kind",
      "id",
      "name",
      "parent",
      "format",
      "calculated"
    ],
    "primary": "id",
    "view": "table",
    "quiet": false,
    "examples": [
      [
        "cmx docs show AbCDeFGH Tasks",
        "the columns of a table"
      ]
    ]
  },
  {
    "command": "rows ls",
    "operation": "docs_list_rows",
    "summary": "List the rows of a table or view",
    "risk": "READ_CONTENT",
    "returns": "items",
    "arguments": [
      {
        "field": "doc",
        "label": "DOC",
        "description": "Id or link of the doc",
        "required": true,
        "variadic": false
      },
      {
        "field": "table",
        "label": "TABLE",
        "description": "Id or name of a table or view",
        "required": true,
        "variadic": false
      }
    ],
    "flags": [
      {
        "field": "query",
        "flag": "--query",
        "kind": "string",
        "description": "Only rows with this value: COLUMN_ID:JSON or \"COLUMN\":JSON, such as c-tuVwxYz:\"Apple\""
      },
      {
        "field": "columns",
        "flag": "--column",
        "kind": "list",
        "description": "Only this column, by id or name; can be repeated"
      },
      {
        "field": "limit",
        "flag": "--limit",
        "kind": "number",
        "description": "Stop after so many, and tell the cursor to go on with"
      },
      {
        "field": "cursor",
        "flag": "--cursor",
        "kind": "string",
        "description": "Go on where a listing with the same arguments stopped"
      }
    ],
    "columns": [
      "id",
      "values"
    ],
    "spread": "values",
    "primary": "id",
    "view": "table",
    "quiet": false,
    "examples": [
      [
        "cmx rows ls AbCDeFGH Tasks --column Title --limit 10",
        "one column of ten rows"
      ]
    ]
  },
  {
    "command": "rows upsert",
    "operation": "docs_upsert_rows",
    "summary": "Write rows: those with the same keys are changed, others are added",
    "description": "Columns that the table fills itself are left out, so an export can be given back. Other unknown columns are refused by name.",
    "risk": "WRITE",
    "returns": "value",
    "arguments": [
      {
        "field": "doc",
        "label": "DOC",
        "description": "Id or link of the doc",
        "required": true,
        "variadic": false
      },
      {
        "field": "table",
        "label": "TABLE",
        "description": "Id or name of a table or view",
        "required": true,
        "variadic": false
      },
      {
        "field": "file",
        "label": "FILE",
        "description": "CSV with a header, or JSON objects, one a line; - for standard input",
        "required": false,
        "variadic": false
      }
    ],
    "flags": [
      {
        "field": "format",
        "flag": "--format",
        "kind": "string",
        "choices": [
          "csv",
          "ndjson"
        ],
        "description": "Default: by the ending of the file, else ndjson"
      },
      {
        "field": "delimiter",
        "flag": "--delimiter",
        "kind": "string",
        "description": "Between the fields of CSV",
        "default": ","
      },
      {
        "field": "encoding",
        "flag": "--encoding",
        "kind": "string",
        "description": "Of CSV, such as windows-1252",
        "default": "utf-8"
      },
      {
        "field": "keys",
        "flag": "--key",
        "short": "k",
        "kind": "list",
        "required": true,
        "description": "Column that tells rows apart, by id or name; can be repeated"
      },
      {
        "field": "wait",
        "flag": "--wait",
        "kind": "boolean",
        "description": "Wait until the change is applied (up to ten minutes); otherwise it is queued"
      }
    ],
    "columns": [
      "outcome",
      "rows",
      "requestIds"
    ],
    "primary": "rows",
    "view": "fields",
    "quiet": false,
    "examples": [
      [
        "cmx rows upsert AbCDeFGH Tasks tasks.csv --key Title --wait",
        "from CSV, until the doc has them"
      ]
    ]
  },
  {
    "command": "rows sync",
    "operation": "docs_sync_rows",
    "summary": "Make a table hold exactly the rows of a file: add, change and delete",
    "description": "Compares first and sends only what differs; --dry-run shows the plan. A row whose key is in the table twice is deleted but once.",
    "risk": "DELETE",
    "returns": "items",
    "arguments": [
      {
        "field": "doc",
        "label": "DOC",
        "description": "Id or link of the doc",
        "required": true,
        "variadic": false
      },
      {
        "field": "table",
        "label": "TABLE",
        "description": "Id or name of a table or view",
        "required": true,
        "variadic": false
      },
      {
        "field": "file",
        "label": "FILE",
        "description": "CSV with a header, or JSON objects, one a line; - for standard input",
        "required": false,
        "variadic": false
      }
    ],
    "flags": [
      {
        "field": "format",
        "flag": "--format",
        "kind": "string",
        "choices": [
          "csv",
          "ndjson"
        ],
        "description": "Default: by the ending of the file, else ndjson"
      },
      {
        "field": "delimiter",
        "flag": "--delimiter",
        "kind": "string",
        "description": "Between the fields of CSV",
        "default": ","
      },
      {
        "field": "encoding",
        "flag": "--encoding",
        "kind": "string",
        "description": "Of CSV, such as windows-1252",
        "default": "utf-8"
      },
      {
        "field": "keys",
        "flag": "--key",
        "short": "k",
        "kind": "list",
        "required": true,
        "description": "Column that tells rows apart, by id or name; can be repeated"
      },
      {
        "field": "keep",
        "flag": "--keep",
        "kind": "boolean",
        "description": "Delete nothing: keep rows that the file does not have"
      },
      {
        "field": "maxDeletes",
        "flag": "--max-delete",
        "kind": "number",
        "description": "Do nothing at all when more rows than this would be deleted. Default: any number, but not all of them for a file without rows"
      },
      {
        "field": "dryRun",
        "flag": "--dry-run",
        "short": "n",
        "kind": "boolean",
        "description": "Say what would be done and do nothing"
      },
      {
        "field": "wait",
        "flag": "--wait",
        "kind": "boolean",
        "description": "Wait until the change is applied (up to ten minutes); otherwise it is queued"
      }
    ],
    "columns": [
      "change",
      "key",
      "columns",
      "reason",
      "rowId"
    ],
    "primary": "key",
    "view": "table",
    "quiet": true,
    "examples": [
      [
        "cmx rows sync AbCDeFGH Tasks tasks.csv --key Title --dry-run",
        "what would be done"
      ],
      [
        "cmx rows sync AbCDeFGH Tasks tasks.csv --key Title --wait --yes",
        "done, and waited for"
      ]
    ]
  },
  {
    "command": "rows export",
    "operation": "docs_export_rows",
    "summary": "Write all rows of a table or view as CSV or ndjson",
    "risk": "WRITE_LOCAL",
    "returns": "value",
    "arguments": [
      {
        "field": "doc",
        "label": "DOC",
        "description": "Id or link of the doc",
        "required": true,
        "variadic": false
      },
      {
        "field": "table",
        "label": "TABLE",
        "description": "Id or name of a table or view",
        "required": true,
        "variadic": false
      }
    ],
    "flags": [
      {
        "field": "to",
        "flag": "--to",
        "short": "t",
        "kind": "string",
        "description": "File to write to, or - for standard output",
        "default": "-"
      },
      {
        "field": "format",
        "flag": "--format",
        "kind": "string",
        "choices": [
          "csv",
          "ndjson"
        ],
        "description": "Default: by the ending of the file, else ndjson"
      },
      {
        "field": "delimiter",
        "flag": "--delimiter",
        "kind": "string",
        "description": "Between the fields of CSV",
        "default": ","
      }
    ],
    "columns": [
      "path",
      "sizeInBytes"
    ],
    "primary": "path",
    "view": "fields",
    "quiet": false,
    "examples": [
      [
        "cmx rows export AbCDeFGH Tasks --to tasks.csv",
        "as CSV, in constant memory"
      ],
      [
        "cmx rows export AbCDeFGH Tasks | jq .Title",
        "JSON objects, one a line"
      ]
    ]
  },
  {
    "command": "pages get",
    "operation": "docs_read_page",
    "summary": "Print a page as Markdown or HTML",
    "risk": "READ_CONTENT",
    "returns": "bytes",
    "arguments": [
      {
        "field": "doc",
        "label": "DOC",
        "description": "Id or link of the doc",
        "required": true,
        "variadic": false
      },
      {
        "field": "page",
        "label": "PAGE",
        "description": "Id or name of a page",
        "required": true,
        "variadic": false
      }
    ],
    "flags": [
      {
        "field": "format",
        "flag": "--format",
        "kind": "string",
        "choices": [
          "markdown",
          "html"
        ],
        "description": "Markdown keeps less than HTML: see docs/providers/coda.md",
        "default": "markdown"
      }
    ],
    "columns": [],
    "primary": "",
    "view": "table",
    "quiet": false,
    "examples": [
      [
        "cmx pages get AbCDeFGH Notes",
        "as Markdown"
      ]
    ]
  },
  {
    "command": "pages put",
    "operation": "docs_write_page",
    "summary": "Write Markdown or HTML to a page, in place of its content, before it or behind it",
    "risk": "DELETE",
    "returns": "value",
    "arguments": [
      {
        "field": "doc",
        "label": "DOC",
        "description": "Id or link of the doc",
        "required": true,
        "variadic": false
      },
      {
        "field": "page",
        "label": "PAGE",
        "description": "Id or name of a page",
        "required": true,
        "variadic": false
      },
      {
        "field": "file",
        "label": "FILE",
        "description": "File to read, or - for standard input",
        "required": false,
        "variadic": false
      }
    ],
    "flags": [
      {
        "field": "mode",
        "flag": "--mode",
        "kind": "string",
        "choices": [
          "replace",
          "append",
          "prepend"
        ],
        "description": "What becomes of what is there",
        "default": "replace"
      },
      {
        "field": "format",
        "flag": "--format",
        "kind": "string",
        "choices": [
          "markdown",
          "html"
        ],
        "description": "Markdown keeps less than HTML: see docs/providers/coda.md",
        "default": "markdown"
      },
      {
        "field": "wait",
        "flag": "--wait",
        "kind": "boolean",
        "description": "Wait until the change is applied (up to ten minutes); otherwise it is queued"
      }
    ],
    "columns": [
      "outcome",
      "pageId",
      "requestId",
      "warning"
    ],
    "primary": "pageId",
    "view": "fields",
    "quiet": false,
    "examples": [
      [
        "date | cmx pages put AbCDeFGH Log --mode append",
        "a line more"
      ]
    ]
  },
  {
    "command": "pages export",
    "operation": "docs_export_page",
    "summary": "Write a page to a file as Markdown or HTML, as it arrives",
    "risk": "WRITE_LOCAL",
    "returns": "value",
    "arguments": [
      {
        "field": "doc",
        "label": "DOC",
        "description": "Id or link of the doc",
        "required": true,
        "variadic": false
      },
      {
        "field": "page",
        "label": "PAGE",
        "description": "Id or name of a page",
        "required": true,
        "variadic": false
      }
    ],
    "flags": [
      {
        "field": "to",
        "flag": "--to",
        "short": "t",
        "kind": "string",
        "description": "File to write to, or - for standard output",
        "default": "-"
      },
      {
        "field": "format",
        "flag": "--format",
        "kind": "string",
        "choices": [
          "markdown",
          "html"
        ],
        "description": "Markdown keeps less than HTML: see docs/providers/coda.md",
        "default": "markdown"
      }
    ],
    "columns": [
      "path",
      "sizeInBytes"
    ],
    "primary": "path",
    "view": "fields",
    "quiet": false,
    "examples": [
      [
        "cmx pages export AbCDeFGH Notes --format html --to notes.html",
        "as HTML"
      ]
    ]
  },
  {
    "command": "newsletter campaigns ls",
    "operation": "newsletter_list_campaigns",
    "summary": "List the campaigns of a newsletter",
    "risk": "READ",
    "returns": "items",
    "arguments": [],
    "flags": [
      {
        "field": "search",
        "flag": "--search",
        "kind": "string",
        "description": "Only campaigns with these words"
      },
      {
        "field": "status",
        "flag": "--status",
        "kind": "string",
        "choices": [
          "draft",
          "scheduled",
          "sending",
          "sent",
          "canceled",
          "blocked",
          "sending_failed"
        ],
        "description": "Only campaigns that stand so"
      },
      {
        "field": "limit",
        "flag": "--limit",
        "kind": "number",
        "description": "Stop after so many, and tell the cursor to go on with"
      },
      {
        "field": "cursor",
        "flag": "--cursor",
        "kind": "string",
        "description": "Go on where a listing with the same arguments stopped"
      }
    ],
    "columns": [
      "id",
      "status",
      "subject",
      "startedAt",
      "createdAt"
    ],
    "primary": "id",
    "view": "table",
    "quiet": false,
    "examples": []
  },
  {
    "command": "newsletter campaigns show",
    "operation": "newsletter_get_campaign",
    "summary": "Show a campaign and what became of it",
    "risk": "READ",
    "returns": "value",
    "arguments": [
      {
        "field": "id",
        "label": "CAMPAIGN",
        "description": "Number of the campaign",
        "required": true,
        "variadic": false
      }
    ],
    "flags": [],
    "columns": [
      "id",
      "status",
      "subject"
    ],
    "primary": "id",
    "view": "fields",
    "quiet": false,
    "examples": []
  },
  {
    "command": "newsletter campaigns test",
    "operation": "newsletter_test_campaign",
    "summary": "Send a campaign to one address, marked as a test",
    "risk": "EXPOSE",
    "returns": "value",
    "arguments": [
      {
        "field": "id",
        "label": "CAMPAIGN",
        "description": "Number of the campaign",
        "required": true,
        "variadic": false
      },
      {
        "field": "to",
        "label": "ADDRESS",
        "description": "Address to send to",
        "required": true,
        "variadic": false
      }
    ],
    "flags": [],
    "columns": [
      "outcome",
      "id",
      "to"
    ],
    "primary": "id",
    "view": "fields",
    "quiet": false,
    "examples": []
  },
  {
    "command": "newsletter campaigns schedule",
    "operation": "newsletter_schedule_campaign",
    "summary": "Have a campaign sent at a time to come",
    "description": "Asks twice: scripts say --yes --yes. Until then it can be canceled.",
    "risk": "EXPOSE",
    "returns": "value",
    "arguments": [
      {
        "field": "id",
        "label": "CAMPAIGN",
        "description": "Number of the campaign",
        "required": true,
        "variadic": false
      },
      {
        "field": "at",
        "label": "TIME",
        "description": "When, as 2026-06-01T08:00:00+02:00",
        "required": true,
        "variadic": false
      }
    ],
    "flags": [],
    "columns": [
      "outcome",
      "id",
      "at"
    ],
    "primary": "id",
    "view": "fields",
    "quiet": false,
    "examples": [
      [
        "cmx newsletter campaigns schedule 17 2026-06-01T08:00:00+02:00",
        "asks twice"
      ]
    ]
  },
  {
    "command": "newsletter campaigns send",
    "operation": "newsletter_send_campaign",
    "summary": "Send a campaign now, to everybody it is for",
    "description": "Asks twice: scripts say --yes --yes. Never repeated by itself: after a lost answer, look at the campaign.",
    "risk": "EXPOSE",
    "returns": "value",
    "arguments": [
      {
        "field": "id",
        "label": "CAMPAIGN",
        "description": "Number of the campaign",
        "required": true,
        "variadic": false
      }
    ],
    "flags": [],
    "columns": [
      "outcome",
      "id"
    ],
    "primary": "id",
    "view": "fields",
    "quiet": false,
    "examples": [
      [
        "cmx newsletter campaigns send 17 --yes --yes",
        "from a script"
      ]
    ]
  },
  {
    "command": "newsletter campaigns cancel",
    "operation": "newsletter_cancel_campaign",
    "summary": "Stop a scheduled campaign",
    "risk": "WRITE",
    "returns": "value",
    "arguments": [
      {
        "field": "id",
        "label": "CAMPAIGN",
        "description": "Number of the campaign",
        "required": true,
        "variadic": false
      }
    ],
    "flags": [],
    "columns": [
      "outcome",
      "id"
    ],
    "primary": "id",
    "view": "fields",
    "quiet": false,
    "examples": []
  },
  {
    "command": "newsletter subscribers ls",
    "operation": "newsletter_list_subscribers",
    "summary": "List the subscribers of a newsletter",
    "risk": "READ_CONTENT",
    "returns": "items",
    "arguments": [],
    "flags": [
      {
        "field": "search",
        "flag": "--search",
        "kind": "string",
        "description": "Only addresses with this in them"
      },
      {
        "field": "status",
        "flag": "--status",
        "kind": "string",
        "choices": [
          "active",
          "bounced",
          "junk",
          "unconfirmed",
          "unsubscribed",
          "under_verification",
          "all"
        ],
        "description": "Only subscribers that stand so"
      },
      {
        "field": "limit",
        "flag": "--limit",
        "kind": "number",
        "description": "Stop after so many, and tell the cursor to go on with"
      },
      {
        "field": "cursor",
        "flag": "--cursor",
        "kind": "string",
        "description": "Go on where a listing with the same arguments stopped"
      }
    ],
    "columns": [
      "id",
      "email",
      "status",
      "createdAt"
    ],
    "primary": "email",
    "view": "table",
    "quiet": false,
    "examples": [
      [
        "cmx newsletter subscribers ls --status active -o csv",
        "as CSV, on this machine"
      ]
    ]
  },
  {
    "command": "newsletter subscribers upsert",
    "operation": "newsletter_upsert_subscriber",
    "summary": "Add a subscriber, or change the one with this address",
    "risk": "WRITE",
    "returns": "value",
    "arguments": [
      {
        "field": "email",
        "label": "ADDRESS",
        "description": "Address",
        "required": true,
        "variadic": false
      }
    ],
    "flags": [
      {
        "field": "set",
        "flag": "--set",
        "kind": "list",
        "description": "Value of a custom field, FIELD=VALUE; can be repeated"
      },
      {
        "field": "groups",
        "flag": "--group",
        "kind": "list",
        "description": "Group to join, by number, or by name: one that does not exist is made; can be repeated"
      }
    ],
    "columns": [
      "id",
      "email",
      "status"
    ],
    "primary": "id",
    "view": "fields",
    "quiet": false,
    "examples": []
  },
  {
    "command": "newsletter subscribers import",
    "operation": "newsletter_import_subscribers",
    "summary": "Import subscribers from a CSV file with a column email",
    "description": "Reads and checks the whole file before anything is sent. An error on the way says which lines are in, in doubt, and not sent.",
    "risk": "WRITE",
    "returns": "value",
    "arguments": [
      {
        "field": "file",
        "label": "FILE",
        "description": "File to read, or - for standard input",
        "required": false,
        "variadic": false
      }
    ],
    "flags": [
      {
        "field": "groups",
        "flag": "--group",
        "kind": "list",
        "description": "Group to join, by number, or by name: one that does not exist is made; can be repeated"
      },
      {
        "field": "encoding",
        "flag": "--encoding",
        "kind": "string",
        "choices": [
          "utf-8",
          "utf-16le",
          "utf-16be",
          "windows-1252"
        ],
        "description": "How the bytes are to be read",
        "default": "utf-8"
      },
      {
        "field": "skipInvalid",
        "flag": "--skip-invalid",
        "kind": "boolean",
        "description": "Leave wrong rows out and report them, instead of refusing the file"
      },
      {
        "field": "startAtLine",
        "flag": "--start-at-line",
        "kind": "number",
        "description": "Leave out what is before this line: to go on behind an error"
      },
      {
        "field": "dryRun",
        "flag": "--dry-run",
        "short": "n",
        "kind": "boolean",
        "description": "Check the file and send no subscriber"
      }
    ],
    "columns": [
      "outcome",
      "rows",
      "rejected"
    ],
    "primary": "rows",
    "view": "fields",
    "quiet": false,
    "examples": []
  },
  {
    "command": "newsletter subscribers export",
    "operation": "newsletter_export_subscribers",
    "summary": "Have the service write a file of subscribers",
    "description": "The answer says where the file is, as far as the service tells. For CSV on this machine: newsletter subscribers ls -o csv.",
    "risk": "EXPOSE",
    "returns": "value",
    "arguments": [],
    "flags": [
      {
        "field": "search",
        "flag": "--search",
        "kind": "string",
        "description": "Only addresses with this in them"
      },
      {
        "field": "status",
        "flag": "--status",
        "kind": "string",
        "choices": [
          "active",
          "bounced",
          "junk",
          "unconfirmed",
          "unsubscribed",
          "under_verification",
          "all"
        ],
        "description": "Only subscribers that stand so"
      },
      {
        "field": "wait",
        "flag": "--wait",
        "kind": "boolean",
        "description": "Wait until the service has done it; otherwise it is queued"
      }
    ],
    "columns": [
      "outcome",
      "operationId",
      "response"
    ],
    "primary": "operationId",
    "view": "fields",
    "quiet": false,
    "examples": []
  },
  {
    "command": "newsletter subscribers forget",
    "operation": "newsletter_forget_subscriber",
    "summary": "Erase everything about a subscriber, for good (GDPR)",
    "risk": "DELETE",
    "returns": "value",
    "arguments": [
      {
        "field": "subscriber",
        "label": "SUBSCRIBER",
        "description": "Number or address of the subscriber",
        "required": true,
        "variadic": false
      }
    ],
    "flags": [],
    "columns": [
      "outcome",
      "id"
    ],
    "primary": "id",
    "view": "fields",
    "quiet": false,
    "examples": []
  },
  {
    "command": "newsletter groups ls",
    "operation": "newsletter_list_groups",
    "summary": "List the groups of subscribers",
    "risk": "READ",
    "returns": "items",
    "arguments": [],
    "flags": [
      {
        "field": "search",
        "flag": "--search",
        "kind": "string",
        "description": "Only groups with this in their name"
      },
      {
        "field": "limit",
        "flag": "--limit",
        "kind": "number",
        "description": "Stop after so many, and tell the cursor to go on with"
      },
      {
        "field": "cursor",
        "flag": "--cursor",
        "kind": "string",
        "description": "Go on where a listing with the same arguments stopped"
      }
    ],
    "columns": [
      "id",
      "name",
      "subscribers",
      "updatedAt"
    ],
    "primary": "id",
    "view": "table",
    "quiet": false,
    "examples": []
  },
  {
    "command": "newsletter credits",
    "operation": "newsletter_get_credits",
    "summary": "Show how many messages can still be sent",
    "risk": "READ",
    "returns": "value",
    "arguments": [],
    "flags": [],
    "columns": [
      "total"
    ],
    "primary": "total",
    "view": "fields",
    "quiet": false,
    "examples": []
  },
  {
    "command": "configure",
    "operation": "connections_save",
    "summary": "Make a connection, or change one",
    "description": "Asks for everything on a terminal when no type is given. What a connection of this name and type has already is kept, unless it is set anew. A secret may be given as env:NAME or file:PATH, so that it is not written down. The file is only readable by its owner.",
    "risk": "WRITE_LOCAL",
    "returns": "value",
    "arguments": [
      {
        "field": "name",
        "label": "NAME",
        "description": "Name of the connection",
        "required": false,
        "variadic": false,
        "complete": "connection"
      }
    ],
    "flags": [
      {
        "field": "type",
        "flag": "--type",
        "kind": "string",
        "description": "Kind of connection, such as local, s3 or coda"
      },
      {
        "field": "set",
        "flag": "--set",
        "kind": "list",
        "description": "A setting, FIELD=VALUE; FIELD= forgets it; can be repeated"
      },
      {
        "field": "fromEnv",
        "flag": "--from-env",
        "kind": "boolean",
        "description": "Refer to the variables that are set now (env:NAME)"
      }
    ],
    "columns": [
      "name",
      "type",
      "path"
    ],
    "primary": "name",
    "view": "fields",
    "quiet": false,
    "examples": [
      [
        "cmx configure",
        "asks for everything"
      ],
      [
        "cmx configure backup --type local --set root=/srv/backup",
        "without questions"
      ],
      [
        "cmx configure prod --type s3 --from-env",
        "refers to the variables that are set"
      ],
      [
        "cmx configure prod --type s3 --set dialect=minio",
        "changes one setting"
      ]
    ]
  },
  {
    "command": "connections list",
    "operation": "connections_list",
    "summary": "List the connections of the file and of the environment",
    "risk": "READ",
    "returns": "items",
    "arguments": [],
    "flags": [],
    "columns": [
      "name",
      "type",
      "origin",
      "title",
      "problem"
    ],
    "primary": "name",
    "view": "table",
    "quiet": false,
    "examples": []
  },
  {
    "command": "connections show",
    "operation": "connections_show",
    "summary": "Show the settings of a connection, secrets masked",
    "risk": "READ",
    "returns": "value",
    "arguments": [
      {
        "field": "name",
        "label": "NAME",
        "description": "Name of the connection",
        "required": true,
        "variadic": false,
        "complete": "connection"
      }
    ],
    "flags": [],
    "columns": [
      "name",
      "type",
      "origin"
    ],
    "primary": "name",
    "view": "fields",
    "quiet": false,
    "examples": []
  },
  {
    "command": "connections test",
    "operation": "connections_test",
    "summary": "Try connections with one cheap call each",
    "risk": "READ",
    "returns": "items",
    "arguments": [
      {
        "field": "names",
        "label": "NAME",
        "description": "Default: all there are",
        "required": false,
        "variadic": true,
        "complete": "connection"
      }
    ],
    "flags": [],
    "columns": [
      "name",
      "ok",
      "detail"
    ],
    "primary": "name",
    "view": "table",
    "quiet": false,
    "examples": []
  },
  {
    "command": "connections rm",
    "operation": "connections_remove",
    "summary": "Forget a connection of the file",
    "risk": "WRITE_LOCAL",
    "returns": "value",
    "arguments": [
      {
        "field": "name",
        "label": "NAME",
        "description": "Name of the connection",
        "required": true,
        "variadic": false,
        "complete": "connection"
      }
    ],
    "flags": [],
    "columns": [
      "outcome",
      "name"
    ],
    "primary": "name",
    "view": "fields",
    "quiet": false,
    "examples": []
  },
  {
    "command": "doctor",
    "operation": "cmx_doctor",
    "summary": "Check the installation, the connections file and each client; or find out what an S3 endpoint can do",
    "description": "Without an endpoint nothing is sent: `cmx connections test` tries the connections. Ends with 1 when there is a problem. With one, about a hundred small requests are sent, in a bucket that is deleted afterwards or in the one that is named.",
    "risk": "WRITE",
    "returns": "items",
    "arguments": [
      {
        "field": "endpoint",
        "label": "ENDPOINT",
        "description": "URL of an S3 service to probe",
        "required": false,
        "variadic": false
      }
    ],
    "flags": [
      {
        "field": "bucket",
        "flag": "--bucket",
        "kind": "string",
        "description": "Probe in this bucket. Default: one of its own"
      }
    ],
    "columns": [
      "status",
      "check",
      "detail",
      "fix"
    ],
    "primary": "check",
    "view": "table",
    "quiet": false,
    "examples": [
      [
        "cmx doctor http://127.0.0.1:9000 -c lab",
        "what this service can do, tried with the keys of a connection"
      ]
    ]
  },
];
