export { may, type Permission, ROLES, type Role } from './roles';
