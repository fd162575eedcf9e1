#!/bin/sh
# Runs a command of the image with the secrets that make-secrets.mjs generated, where none were given.
set -eu
if [ -z "${NEXTAUTH_SECRET:-}" ] && [ -r /secrets/nextauth-secret ]; then
  NEXTAUTH_SECRET=$(cat /secrets/nextauth-secret)
  export NEXTAUTH_SECRET
fi
# node-postgres uses it when DATABASE_URL holds no password.
if [ -z "${PGPASSWORD:-}" ] && [ -r /secrets/postgres-password ]; then
  PGPASSWORD=$(cat /secrets/postgres-password)
  export PGPASSWORD
fi
exec "$@"
