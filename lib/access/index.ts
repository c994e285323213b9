export { ACCESS, may, PERMISSIONS, type Permission, ROLES, type Role } from './roles';
